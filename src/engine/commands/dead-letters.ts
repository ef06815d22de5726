import { LunchrushError } from '../../errors.ts';
import { type DeadLetter, readDeadLetter } from '../../kafka/dead-letters.ts';
import type { ConsumedRecord } from '../../kafka/record.ts';
import type { Result } from '../engine.ts';
import type { Hall, Run } from '../hall.ts';
import { columns, pairs } from '../print/columns.ts';
import { count, many } from '../print/quantity.ts';
import { instant } from '../print/record.ts';
import { type Resubmitted, resubmit } from '../resubmit.ts';
import { readChunks } from './records.ts';

/** The latest dead letters that are shown one by one. */
const SHOWN = 20;

/** Dead letters by reason, copies left out, and the latest of them. `letters` counts what carries no origin too. */
export type DeadLetters = { letters: number; reasons: Record<string, number>; latest: DeadLetter[] };

/** Prints what was malformed, where and why, or sends it to its partition again. */
export const run: Run<'dead-letters'> = async (hall, { action }, signal) => {
  if (action === 'resubmit') return resubmitOnce(hall, signal);
  const letters = await readAll(hall, signal);
  return { data: letters, text: printDeadLetters(letters) };
};

/** Halls in which a resubmission runs: a second one beside it would send everything twice. */
const busy = new WeakSet<Hall>();

async function resubmitOnce(hall: Hall, signal: AbortSignal): Promise<Result> {
  if (busy.has(hall)) throw new LunchrushError('COMMAND_REFUSED', 'dead letters are being resubmitted already');
  busy.add(hall);
  try {
    const sum = await resubmit(hall, signal);
    return { data: sum, text: printResubmitted(hall.pipeline.topics.orders, sum) };
  } finally {
    busy.delete(hall);
  }
}

/** What was sent again, what of it comes back, and what was not sent. */
export function printResubmitted(
  orders: string,
  { resubmitted, stillMalformed, before, others }: Resubmitted,
): string[] {
  const rows: [number, string][] = [
    [stillMalformed, `${count(stillMalformed)} still malformed: back as new dead letters when inventory reads them`],
    [before, `${count(before)} had been resubmitted before`],
    [others, `${count(others)} not of ${orders}: left alone`],
  ];
  const first =
    resubmitted === 0 ? 'nothing to resubmit' : `${many(resubmitted, 'dead letter')} resubmitted to ${orders}`;
  return [first, ...rows.flatMap(([n, line]) => (n > 0 ? [`  ${line}`] : []))];
}

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
