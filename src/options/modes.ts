import type { Options, PipelineOptions } from '../options.ts';
import type { CommandLine } from './command-line.ts';
import { type Given, refuse } from './given.ts';
import type { Settings } from './settings.ts';

/** Options of `lunchrush broker` and `lunchrush broker check`. Variables that are of a pipeline are left alone. */
export function brokerOptions(line: CommandLine, { settings, said }: Given): Options {
  const [, next, stray] = line.words;
  const isCheck = next === 'check';
  if (next !== undefined && !isCheck) throw refuse(`"${next}" does not follow broker`);
  if (stray !== undefined) throw refuse(`"${stray}" does not follow broker check`);
  const own = isCheck ? ['dataDir'] : ['dataDir', 'brokerPort'];
  const others = Object.entries(said).filter(([key]) => !own.includes(key));
  const strays = [
    ...saidFlags(line),
    ...others.filter(([, { source }]) => source === 'argv').map(([, { says }]) => says),
  ];
  if (strays[0]) throw refuse(`${strays[0]} does not go with lunchrush broker${isCheck ? ' check' : ''}`);
  const { dataDir, brokerPort } = settings;
  if (isCheck) return { mode: 'broker-check', ...defined({ dataDir }) };
  return { mode: 'broker', ...defined({ dataDir, brokerPort }) };
}

function saidFlags(line: CommandLine): string[] {
  const flags: [boolean, string][] = [
    [line.fresh, '--fresh'],
    [line.script !== undefined, '--script'],
    [line.lines.length > 0, '-e'],
    [line.json, '--json'],
    [line.keepGoing, '--keep-going'],
  ];
  return flags.filter(([said]) => said).map(([, name]) => name);
}

/** Options of the doors: script if there is one to run, else the console. */
export function doorOptions(line: CommandLine, given: Given, noColor: boolean): Options {
  const pipeline = pipelineOptions(line, given, noColor);
  const { script, lines, json, keepGoing } = line;
  if (script !== undefined || lines.length > 0) {
    return { mode: 'script', ...pipeline, lines, json, keepGoing, ...defined({ script }) };
  }
  const stray = json ? '--json' : keepGoing && '--keep-going';
  if (stray) throw refuse(`${stray} goes with a script: add -e or --script`);
  return { mode: 'console', ...pipeline };
}

function pipelineOptions(line: CommandLine, given: Given, noColor: boolean): PipelineOptions {
  const { settings, notes } = reconcile(line.fresh, given);
  const { failRate = 0, throttleMs = 0, workers = 1, prefix = '', ...more } = settings;
  const color = line.color && !noColor;
  return { failRate, throttleMs, workers, prefix, ...more, fresh: line.fresh, color, ascii: line.ascii, notes };
}

/** Refuses what the command line says against itself; where only the environment objects, it is ignored with a note. */
function reconcile(fresh: boolean, { settings, said }: Given): { settings: Settings; notes: string[] } {
  const kept = { ...settings };
  const notes: string[] = [];
  const drop = (key: keyof Settings, because: string, why: string) => {
    const loser = said[key];
    if (!loser || kept[key] === undefined) return;
    if (loser.source === 'argv') throw refuse(`${loser.says} and ${because} exclude each other: ${why}`);
    delete kept[key];
    notes.push(`${loser.says} is ignored because of ${because}`);
  };
  if (fresh) {
    drop('brokers', '--fresh', 'fresh data is in an embedded broker');
    drop('dataDir', '--fresh', 'fresh data is thrown away at the end');
  }
  if (kept.brokers) drop('brokerPort', said.brokers?.says ?? '--brokers', 'the port is that of the embedded broker');
  return { settings: kept, notes };
}

/** Without what is undefined. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
