/** What is said for one run only: on the command line, and nowhere else. */
export type Flag = {
  option: string;
  /** Its name in help; absent: it takes none. */
  value?: string;
  help: string;
  completes?: 'file';
};

function flag(row: Flag): Flag {
  return row;
}

/** Every option that is no setting. */
export const FLAGS = {
  script: flag({
    option: '--script',
    value: '<FILE>',
    help: 'run the commands of a file, or of stdin for -',
    completes: 'file',
  }),
  lines: flag({ option: '-e', value: '<COMMANDS>', help: 'run these commands; can be repeated' }),
  json: flag({ option: '--json', help: 'print JSON, one object a line' }),
  keepGoing: flag({ option: '--keep-going', help: 'do not stop at an expect or wait that does not hold' }),
  fresh: flag({ option: '--fresh', help: 'embedded broker with throw-away data' }),
  color: flag({ option: '--no-color', help: 'no colours (NO_COLOR does the same)' }),
  ascii: flag({ option: '--ascii', help: 'only ASCII in what is drawn' }),
};

/** The name of a flag. */
export type FlagName = keyof typeof FLAGS;
