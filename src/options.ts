import { LunchrushError } from './errors.ts';
import { readCommandLine } from './options/command-line.ts';
import { readSettings } from './options/given.ts';
import { brokerOptions, doorOptions } from './options/modes.ts';
import { type Quantities, settingsOf } from './options/settings.ts';

export type { Quantities } from './options/settings.ts';

/** What every pipeline is started with, whatever the door. */
export type PipelineOptions = {
  /** A real cluster; absent: the embedded broker. */
  brokers?: string[];
  /** Absent: a folder per user, or a throw-away one with `fresh`. */
  dataDir?: string;
  fresh: boolean;
  /** Port of the embedded broker; absent: 9092 or a free one. */
  brokerPort?: number;
  /** 0..1. */
  failRate: number;
  /** Pause per order. */
  throttleMs: number;
  /** Inventory workers at the start. */
  workers: number;
  /** Before the names of topics and groups. */
  prefix: string;
  /** Of topics that are created; absent: the default of the Kafka room. */
  partitions?: number;
  color: boolean;
  ascii: boolean;
  /** Sentences for stderr about what was ignored. */
  notes: string[];
};

/** What to run. */
export type ScriptOptions = { script?: string; lines: string[]; json: boolean; keepGoing: boolean };

export type Options =
  | ({ mode: 'script' } & ScriptOptions & PipelineOptions)
  | ({ mode: 'console' } & PipelineOptions)
  | { mode: 'broker'; dataDir?: string; brokerPort?: number }
  | { mode: 'broker-check'; dataDir?: string }
  /** The manual of the script language: `lunchrush help [TOPIC]`. */
  | { mode: 'help'; topic?: string }
  /** A text that was asked for by --help or --version. */
  | { mode: 'shown'; text: string };

/** Words after `lunchrush` that a later version will know. */
const NOT_YET = ['serve', 'worker', 'audit', 'doctor', 'config', 'completion'];

/**
 * Command line and environment as checked options. The command line wins; `LUNCHRUSH_…` goes before the pipeline's old
 * variables. Throws OPTIONS_WRONG or NOT_YET with a sentence that names option, value and what is right.
 * @param quantities how the script language reads numbers with units
 */
export function readOptions(from: {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  quantities: Quantities;
}): Options {
  const rows = settingsOf(from.quantities);
  const line = readCommandLine(from.argv, rows, from.version);
  if (typeof line === 'string') return { mode: 'shown', text: line };
  const [notYet] = line.notYet;
  if (notYet) throw new LunchrushError('NOT_YET', `${notYet} is not yet there`);
  const [word, topic] = line.words;
  if (word === 'help') return { mode: 'help', ...(topic === undefined ? {} : { topic }) };
  const given = readSettings(rows, line.texts, from.env);
  if (word === 'broker') return brokerOptions(line, given);
  if (word !== undefined) throw unknownWord(word);
  return doorOptions(line, given, Boolean(from.env['NO_COLOR']));
}

function unknownWord(word: string): LunchrushError {
  if (NOT_YET.includes(word)) return new LunchrushError('NOT_YET', `lunchrush ${word} is not yet there`);
  return new LunchrushError('OPTIONS_WRONG', `"${word}" is neither broker nor help; commands go into -e or --script`);
}
