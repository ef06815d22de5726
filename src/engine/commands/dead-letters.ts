import { LunchrushError } from '../../errors.ts';
import { type DeadLetter, readDeadLetter } from '../../kafka/dead-letters.ts';
import type { ConsumedRecord } from '../../kafka/record.ts';
import type { Hall, Run } from '../hall.ts';
import { columns, pairs } from '../print/columns.ts';
import { count, many } from '../print/quantity.ts';
import { instant } from '../print/record.ts';
import { readChunks } from './records.ts';

/** The latest dead letters that are shown one by one. */
const SHOWN = 20;

/** Dead letters by reason, copies left out, and the latest of them. `letters` counts what carries no origin too. */
export type DeadLetters = { letters: number; reasons: Record<string, number>; latest: DeadLetter[] };

/** Prints what was malformed, where and why. */
export const run: Run<'dead-letters'> = async (hall, { action }, signal) => {
  if (action === 'resubmit') throw new LunchrushError('NOT_YET', 'dead-letters resubmit is not yet there');
  const letters = await readAll(hall, signal);
  return { data: letters, text: printDeadLetters(letters) };
};

async function readAll(hall: Hall, signal: AbortSignal): Promise<DeadLetters> {
  const topic = hall.pipeline.topics.deadLetters;
  const marks = await hall.cluster.watermarks(topic);
  const all: DeadLetters = { letters: 0, reasons: {}, latest: [] };
  for (const [partition, { low, high }] of marks.entries()) {
    let last = -1;
    for await (const chunk of readChunks(hall, { topic, partition, from: low, to: high }, signal)) {
      for (const record of chunk) last = add(all, record, last);
    }
  }
  return all;
}

/** Adds a letter unless it is a copy; answers the highest original offset so far. */
function add(all: DeadLetters, record: ConsumedRecord, last: number): number {
  const letter = readDeadLetter(record);
  if (letter && letter.offset <= last) return last;
  const reason = letter?.reason ?? 'written by somebody else';
  all.letters++;
  all.reasons[reason] = (all.reasons[reason] ?? 0) + 1;
  if (letter) all.latest = [...all.latest, letter].sort((a, b) => a.timestamp - b.timestamp).slice(-SHOWN);
  return letter ? letter.offset : last;
}

const HEADS = [{ title: 'time' }, { title: 'from' }, { title: 'why' }];

/** A sum by reason, then the latest letters, a line each. */
export function printDeadLetters({ letters, reasons, latest }: DeadLetters): string[] {
  if (letters === 0) return ['no dead letters'];
  const rows = latest.map(({ timestamp, topic, partition, offset, sentence }) => [
    instant(timestamp),
    `${topic}/${partition}@${offset}`,
    sentence,
  ]);
  const sums = Object.entries(reasons).map(([reason, n]) => [`  ${reason}`, count(n)] as const);
  return [many(letters, 'dead letter'), ...pairs(sums), ...(rows.length > 0 ? columns(HEADS, rows) : [])];
}
