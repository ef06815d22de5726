import { Command, CommanderError, Option } from 'commander';
import { LunchrushError } from '../errors.ts';
import type { SettingRows } from './settings.ts';

/** What the command line says, unjudged: texts as given, by setting. */
export type CommandLine = {
  /** Words that are no options: `broker`, `help load`. */
  words: string[];
  texts: Partial<Record<keyof SettingRows, string>>;
  script?: string;
  lines: string[];
  json: boolean;
  keepGoing: boolean;
  fresh: boolean;
  color: boolean;
  ascii: boolean;
  /** Options that a later version will have. */
  notYet: string[];
};

/** Options of doors that are not there yet. */
const NOT_YET = ['--http', '--http-host', '--orders-port', '--analytics-port'] as const;

const AFTER_HELP = `
  lunchrush                    the console (not yet there)
  lunchrush broker             the embedded broker alone
  lunchrush broker check       verifies the data folder of an embedded broker that does not run
  lunchrush help [TOPIC]       the commands of scripts; a verb, facts or events

Examples:
  lunchrush --fresh -e 'load 10k; wait idle; expect total_orders == 10000'
  lunchrush --brokers localhost:9092 --script examples/load.lunch --json

Exit codes: 0 all held, 1 an expect or wait did not hold, 2 options or script wrong, 3 cluster not usable,
  4 a command failed, 5 this machine, 70 our fault, 130 129 143 after SIGINT SIGHUP SIGTERM.`;

/** Takes the command line apart, or gives the text that --help and --version ask for. Throws OPTIONS_WRONG. */
export function readCommandLine(argv: readonly string[], rows: SettingRows, version: string): CommandLine | string {
  let shown = '';
  const program = declare(rows, version);
  program.exitOverride().configureOutput({ writeOut: (text) => (shown += text), outputError: () => undefined });
  try {
    program.parse(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return shown.trimEnd();
    throw new LunchrushError('OPTIONS_WRONG', sentenceOf(thrown));
  }
  return collect(program, rows);
}

function declare(rows: SettingRows, version: string): Command {
  const program = new Command('lunchrush')
    .usage('[options] [broker [check] | help [TOPIC]]')
    .description('Runs, loads, breaks and replays an event pipeline on Apache Kafka.')
    .argument('[words...]')
    .option('--script <FILE>', 'run the commands of a file, or of stdin for -')
    .option('-e <COMMANDS>', 'run these commands; can be repeated', (line, lines?: string[]) => [
      ...(lines ?? []),
      line,
    ])
    .option('--json', 'print one JSON object a line')
    .option('--keep-going', 'do not stop at an expect or wait that does not hold')
    .option('--fresh', 'embedded broker with throw-away data')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('--ascii', 'only ASCII in progress bars')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this');
  for (const { option, value, help } of Object.values(rows)) program.option(`${option} ${value}`, help);
  for (const name of NOT_YET) program.addOption(new Option(`${name} [value]`).hideHelp());
  return program.addHelpText('after', AFTER_HELP);
}

function collect(program: Command, rows: SettingRows): CommandLine {
  const given = program.opts<Record<string, unknown>>();
  const text = (option: string) => given[new Option(`${option} <x>`).attributeName()] as string | undefined;
  const entries = Object.entries(rows).map(([key, { option }]) => [key, text(option)] as const);
  const script = text('--script');
  return {
    words: program.args,
    texts: Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(script === undefined ? {} : { script }),
    lines: (given['e'] as string[] | undefined) ?? [],
    json: given['json'] === true,
    keepGoing: given['keepGoing'] === true,
    fresh: given['fresh'] === true,
    color: given['color'] === true,
    ascii: given['ascii'] === true,
    notYet: NOT_YET.filter((name) => text(name) !== undefined),
  };
}

/** Commander says `error: unknown option '--scrpt'\n(Did you mean --script?)`. */
function sentenceOf(error: CommanderError): string {
  const [first = '', hint = ''] = error.message.replace(/^error: /, '').split('\n');
  const missing = /^option '(-\S+) <(.*)>' argument missing$/.exec(first);
  if (missing) return `${missing[1]} needs a value: ${missing[2]}`;
  const near = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(hint)?.[1];
  return `${first.replaceAll("'", '"')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
