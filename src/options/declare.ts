import { Command, Option } from 'commander';
import { FLAGS, type FlagName } from './flags.ts';
import { callOf, PROGRAMS, type Program, type ProgramWords } from './programs.ts';
import { sectionOf } from './sections.ts';
import type { SettingName, SettingRows } from './settings.ts';

/** What commander gathers, by attribute. */
export type Declared = Partial<Record<SettingName, string | boolean>> &
  Partial<Record<Exclude<FlagName, 'script' | 'lines'>, boolean>> & { script?: string; e?: string[] };

/** Commander's commands by the words of their programs, each below the one that its words begin with. */
export type Commands = Record<ProgramWords, Command>;

const AFTER_ALL = `
Settings also come from the environment (LUNCHRUSH_WORKERS for --workers) and from lunchrush.config.json;
lunchrush config says what holds and why.

Exit codes: 0 all held, 1 an expect or wait did not hold, 2 options or script wrong, 3 cluster not usable,
  4 a command failed, 5 this machine, 70 our fault, 130 129 143 after SIGINT SIGHUP SIGTERM.`;

/** The table of programs as commander's commands. */
export function declare(
  rows: SettingRows,
  { version, write }: { version: string; write(text: string): void },
): Commands {
  const entries = Object.values(PROGRAMS).map((program) => [program.words, command(program, rows, write)] as const);
  const commands = Object.fromEntries(entries) as Commands;
  for (const [words, child] of entries) {
    if (words !== '') commands[parentOf(words)].addCommand(child);
  }
  commands[''].version(version, '--version', 'print the version');
  return commands;
}

function parentOf(words: string): ProgramWords {
  return words.split(' ').slice(0, -1).join(' ') as ProgramWords;
}

/**
 * One program. Every command knows every option, so that one in the wrong place gets a sentence about that place; help
 * shows those that go with it.
 */
function command(program: Program, rows: SettingRows, write: (text: string) => void): Command {
  const made = new Command(nameOf(program))
    .description([sentence(program.summary), ...childrenOf(program)].join('\n'))
    .usage(usageOf(program))
    .enablePositionalOptions()
    .allowExcessArguments()
    .helpCommand(false)
    .helpOption('-h, --help', 'print this')
    .exitOverride()
    .configureOutput({ writeOut: write, outputError: () => undefined })
    .configureHelp({ helpWidth: 120, visibleCommands: () => [] })
    .addHelpText('after', examplesOf(program));
  // Never required: what is missing gets a sentence of ours.
  if (program.argument)
    made.argument(program.argument.usage.replace('<', '[').replace('>', ']'), program.argument.help);
  for (const name of Object.keys(FLAGS) as FlagName[]) {
    const declared = declareOption(FLAGS[name], program.flags.includes(name));
    made.addOption(name === 'lines' ? declared.argParser(gather) : declared);
  }
  for (const name of Object.keys(rows) as SettingName[]) {
    const { option, value, help, fallback } = rows[name];
    if (option === undefined) continue;
    const row = { option, value, help: value && fallback ? `${help} (default: ${fallback})` : help };
    made.addOption(declareOption(row, program.settings.includes(name)).helpGroup(`${sectionOf(name)}:`));
  }
  return made;
}

function nameOf({ words }: Program): string {
  return words.split(' ').at(-1) || 'lunchrush';
}

function usageOf({ argument, ...program }: Program): string {
  const next = childrenOf(program).length > 0 ? ' [program]' : '';
  return `[options]${argument ? ` ${argument.usage}` : next}`;
}

/** The programs whose words begin with those of this one, as lines of its help. */
function childrenOf({ words }: Pick<Program, 'words'>): string[] {
  const children = Object.values(PROGRAMS).filter((one) => one.words !== '' && parentOf(one.words) === words);
  if (children.length === 0) return [];
  const rows = children.map(
    (one) => [[nameOf(one), one.argument?.usage].filter(Boolean).join(' '), one.summary] as const,
  );
  const width = Math.max(...rows.map(([name]) => name.length));
  return ['', 'Programs:', ...rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`)];
}

type OptionRow = { option: string; value?: string | undefined; help: string };

function declareOption({ option, value, help }: OptionRow, shown: boolean): Option {
  return new Option(value ? `${option} ${value}` : option, help).hideHelp(!shown);
}

function gather(line: string, lines: string[] = []): string[] {
  return [...lines, line];
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

function examplesOf({ words, examples }: Program): string {
  const calls = examples.map((example) => `  ${callOf(example)}`);
  return `\nExamples:\n${calls.join('\n')}\n${words === '' ? AFTER_ALL : ''}`;
}

/** What was said to a command and to those above it. */
export function saidTo(command: Command): Declared {
  const above = command.parent ? saidTo(command.parent) : {};
  const own = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  return { ...above, ...Object.fromEntries(own) };
}
