import type { Verb } from '../command.ts';
import type { Row } from './row.ts';
import { broker } from './rows/broker.ts';
import { deadLetters } from './rows/dead-letters.ts';
import { helpOn } from './rows/help.ts';
import { failRate, throttle } from './rows/knobs.ts';
import { load } from './rows/load.ts';
import { records, trace } from './rows/log.ts';
import { audit, groups, lag, mark, members, metrics, quit, topics } from './rows/look.ts';
import { produce } from './rows/produce.ts';
import { replay } from './rows/replay.ts';
import { resetOffsets } from './rows/reset-offsets.ts';
import { expect, say, sleep, wait } from './rows/script.ts';
import { hang, kill, pause, resume, start, stop, workers } from './rows/workers.ts';

const BESIDES_HELP: Record<Exclude<Verb, 'help' | 'quit'>, Row> = {
  produce,
  load,
  'fail-rate': failRate,
  throttle,
  workers,
  pause,
  resume,
  stop,
  start,
  kill,
  hang,
  broker,
  replay,
  'reset-offsets': resetOffsets,
  lag,
  metrics,
  topics,
  groups,
  members,
  records,
  trace,
  'dead-letters': deadLetters,
  audit,
  mark,
  wait,
  expect,
  sleep,
  say,
};

const BY_VERB: Record<Verb, Row> = {
  ...BESIDES_HELP,
  help: helpOn([...Object.keys(BESIDES_HELP), 'help', 'quit']),
  quit,
};

/** The command table, in the order of help. Script parser, palette, help and README read it. */
export const ROWS: readonly Row[] = Object.values(BY_VERB);

/** All verbs, in the order of help. */
export const VERBS: readonly string[] = ROWS.map((row) => row.verb);

/** The row of a verb. */
export function rowOf(verb: Verb): Row {
  return BY_VERB[verb];
}

/** The row of a word that may be a verb. */
export function findRow(word: string): Row | undefined {
  return ROWS.find((row) => row.verb === word);
}
