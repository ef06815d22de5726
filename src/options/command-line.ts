import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { LunchrushError } from '../errors.ts';
import { declare, saidTo } from './declare.ts';
import { FLAGS, type FlagName } from './flags.ts';
import { callOf, PROGRAMS, type ProgramWords } from './programs.ts';
import { refuse } from './refuse.ts';
import { optionOfSecret, refuseSecret, refuseSecrets, SECRETS } from './secrets.ts';
import type { SettingName, SettingRows } from './settings.ts';

/** The known word that was most likely meant. */
export type Nearest = (written: string, known: readonly string[]) => string | undefined;

/** What the command line says, unjudged: texts as given, by setting. */
export type CommandLine = {
  program: ProgramWords;
  /** What follows the words of the program: `load` of `help load`. */
  rest: string[];
  texts: Partial<Record<SettingName, string>>;
  script?: string;
  lines: string[];
  json: boolean;
  keepGoing: boolean;
  fresh: boolean;
  color: boolean;
  ascii: boolean;
};

/** Takes the command line apart, or gives the text that --help and --version ask for. Throws OPTIONS_WRONG. */
export function readCommandLine(
  argv: readonly string[],
  rows: SettingRows,
  from: { version: string; nearest: Nearest },
): CommandLine | string {
  refuseSecrets(argv);
  let shown = '';
  const commands = declare(rows, { version: from.version, write: (text) => (shown += text) });
  let chosen: [ProgramWords, Command] = ['', commands['']];
  for (const words of Object.keys(commands) as ProgramWords[]) {
    commands[words].action(() => {
      chosen = [words, commands[words]];
    });
  }
  try {
    commands[''].parse(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return shown.trimEnd();
    throw translate(thrown, rows, from.nearest);
  }
  const line = collect(chosen, rows);
  refuseStrays(line, rows);
  refuseWords(line, from.nearest);
  return line;
}

/** The help of a program, as --help prints it. */
export function helpOf(words: ProgramWords, rows: SettingRows, version: string): string {
  let text = '';
  declare(rows, { version, write: (part) => (text += part) })[words].outputHelp();
  return text.trimEnd();
}

function collect([program, command]: [ProgramWords, Command], rows: SettingRows): CommandLine {
  const given = saidTo(command);
  const texts = (Object.keys(rows) as SettingName[]).flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  const { script, e: lines = [] } = given;
  return {
    program,
    rest: command.args,
    texts: Object.fromEntries(texts),
    ...(script === undefined ? {} : { script }),
    lines,
    json: given.json === true,
    keepGoing: given.keepGoing === true,
    fresh: given.fresh === true,
    color: given.color !== false,
    ascii: given.ascii === true,
  };
}

/** An option that is known and does not go with this program. */
function refuseStrays(line: CommandLine, rows: SettingRows): void {
  const { settings, flags } = PROGRAMS[line.program];
  const stray =
    (Object.keys(line.texts) as SettingName[]).find((name) => !settings.includes(name)) ??
    saidFlags(line).find((name) => !flags.includes(name));
  if (stray === undefined) return;
  const option = stray in FLAGS ? FLAGS[stray as FlagName].option : rows[stray as SettingName].option;
  const others = Object.values(PROGRAMS).filter((other) =>
    [...other.settings, ...other.flags].some((name) => name === stray),
  );
  throw new LunchrushError('OPTIONS_WRONG', `${option} does not go with ${callOf(line.program)}`, {
    fix: `it goes with ${others.map(({ words }) => callOf(words)).join(', ')}`,
  });
}

function saidFlags(line: CommandLine): FlagName[] {
  const said: Record<FlagName, boolean> = {
    script: line.script !== undefined,
    lines: line.lines.length > 0,
    json: line.json,
    keepGoing: line.keepGoing,
    fresh: line.fresh,
    color: !line.color,
    ascii: line.ascii,
  };
  return (Object.keys(said) as FlagName[]).filter((name) => said[name]);
}

/** Words that follow a program and that it does not take. */
function refuseWords({ program, rest }: CommandLine, nearest: Nearest): void {
  const { argument } = PROGRAMS[program];
  const taken = argument === undefined ? 0 : argument.usage.includes('...') ? rest.length : 1;
  const stray = rest[taken];
  if (stray === undefined) return;
  const next = Object.keys(PROGRAMS)
    .filter((words) => words.startsWith(program) && words !== program)
    .map((words) => words.slice(program.length).trim().split(' ')[0] ?? '');
  const near = nearest(stray, next);
  const fix = near === undefined ? argument && { fix: argument.help } : { fix: `did you mean ${near}?` };
  if (program !== '') throw new LunchrushError('OPTIONS_WRONG', `"${stray}" does not follow ${program}`, fix);
  throw new LunchrushError(
    'OPTIONS_WRONG',
    `"${stray}" is no program of lunchrush; commands go into -e or --script`,
    fix,
  );
}

/** Commander says `error: unknown option '--scrpt'` and `error: option '--workers <N>' argument missing`. */
function translate(error: CommanderError, rows: SettingRows, nearest: Nearest): LunchrushError {
  const [first = ''] = error.message.replace(/^error: /, '').split('\n');
  const missing = /^option '(-\S+) <(.*)>' argument missing$/.exec(first);
  if (missing) return refuse(`${missing[1]} needs a value: ${missing[2]}`);
  const unknown = /^unknown option '([^=]*)/.exec(first)?.[1]?.replace(/'$/, '');
  if (unknown === undefined) return refuse(first.replaceAll("'", '"'));
  const known = [...Object.values(rows), ...Object.values(FLAGS)].flatMap(({ option }) => option ?? []);
  const secrets = SECRETS.map(optionOfSecret);
  const near = nearest(unknown, [...known, ...secrets, '--help', '--version']);
  const secret = SECRETS[secrets.indexOf(near ?? '')];
  if (near !== undefined && secret !== undefined) return refuseSecret(near, secret);
  return refuse(`unknown option "${unknown}"${near === undefined ? '' : `; did you mean ${near}?`}`);
}
