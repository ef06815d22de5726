import { type DeadLetter, readDeadLetter, resubmittedBy, toResubmission } from '../kafka/dead-letters.ts';
import type { OutRecord } from '../kafka/partition-producer.ts';
import type { ConsumedRecord } from '../kafka/record.ts';
import { readOrder } from '../orders/read.ts';
import { readChunks } from './commands/records.ts';
import type { Hall } from './hall.ts';

/** What was sent again: all of it, how much of that is malformed as before, and what was not sent for what reason. */
export type Resubmitted = {
  resubmitted: number;
  stillMalformed: number;
  /** Sent again by an earlier call. */
  before: number;
  /** Of another topic, of a partition that is not there, or without a word about where they come from. */
  others: number;
};

/** A batch goes out with as many records, or with as many bytes. */
const BATCH = { records: 1_000, bytes: 256 * 1024 };

type Parts = Pick<Hall, 'cluster' | 'senders' | 'clock' | 'pipeline'>;
type Range = { topic: string; partition: number; from: number; to: number };

/**
 * Sends dead letters to their partition of `orders` again and resolves when all are acknowledged. What has been sent before
 * is read from the log: a record sent again names the one it stands for. So a crash in the middle costs nothing, and a
 * send in doubt may leave a record twice, as with every order. Memory: the offsets of letters, and one batch.
 */
export async function resubmit(parts: Parts, signal: AbortSignal): Promise<Resubmitted> {
  const { cluster, pipeline } = parts;
  const sum: Resubmitted = { resubmitted: 0, stillMalformed: 0, before: 0, others: 0 };
  // The ends as they are now: what comes back as a new letter is not sent again by this call.
  const letters = rangesOf(pipeline.topics.deadLetters, await cluster.watermarks(pipeline.topics.deadLetters));
  const orders = rangesOf(pipeline.topics.orders, await cluster.watermarks(pipeline.topics.orders));
  const wanted = orders.map(() => new Set<number>());
  for (const range of letters) await collect(parts, range, { wanted, sum }, signal);
  for (const range of orders) await leaveOutSent(parts, range, { wanted, sum }, signal);
  for (const range of letters) await sendAll(parts, range, { wanted, sum }, signal);
  return sum;
}

function rangesOf(topic: string, marks: readonly { low: number; high: number }[]): Range[] {
  return marks.map(({ low, high }, partition) => ({ topic, partition, from: low, to: high }));
}

/** Offsets still to be sent, by partition of `orders`, and the sum so far. */
type Plan = { wanted: readonly Set<number>[]; sum: Resubmitted };

/** Notes which records of `orders` the letters of a partition stand for. */
async function collect(parts: Parts, range: Range, { wanted, sum }: Plan, signal: AbortSignal): Promise<void> {
  for await (const { letter } of lettersIn(parts, range, signal)) {
    const offsets = letter && wantedOf(parts, letter, wanted);
    if (offsets && letter) offsets.add(letter.offset);
    else sum.others++;
  }
}

function wantedOf({ pipeline }: Parts, letter: DeadLetter, wanted: Plan['wanted']): Set<number> | undefined {
  // Only orders: an outcome written by anybody but its inventory worker would bring the partition to a halt.
  return letter.topic === pipeline.topics.orders && letter.offset >= 0 ? wanted[letter.partition] : undefined;
}

async function* lettersIn(parts: Parts, range: Range, signal: AbortSignal) {
  for await (const chunk of readChunks(parts, range, signal)) {
    for (const record of chunk) yield { record, letter: readDeadLetter(record) };
  }
}

/** Takes out what has been sent again already: that lies behind the record it stands for. */
async function leaveOutSent(parts: Parts, range: Range, { wanted, sum }: Plan, signal: AbortSignal): Promise<void> {
  const { topic, partition } = range;
  const offsets = wanted[partition] ?? new Set();
  if (offsets.size === 0) return;
  let first = Number.POSITIVE_INFINITY;
  for (const offset of offsets) first = Math.min(first, offset);
  const from = Math.max(range.from, first + 1);
  for await (const chunk of readChunks(parts, { ...range, from }, signal)) {
    for (const record of chunk) {
      const sent = resubmittedBy(record, topic, partition);
      if (sent !== undefined && offsets.delete(sent)) sum.before++;
    }
  }
}

/** Sends what is left of the letters of a partition, batch by batch, each to where it came from. */
async function sendAll(parts: Parts, range: Range, { wanted, sum }: Plan, signal: AbortSignal): Promise<void> {
  const batches = new Map<number, Batch>();
  for await (const { record, letter } of lettersIn(parts, range, signal)) {
    if (!letter || !wantedOf(parts, letter, wanted)?.delete(letter.offset)) continue;
    const batch = batches.get(letter.partition) ?? { records: [], bytes: 0, malformed: 0 };
    batches.set(letter.partition, batch);
    add(batch, letter, record, parts.clock.now());
    if (isFull(batch)) await send(parts, letter.partition, batch, { sum, signal });
  }
  for (const [partition, batch] of batches) await send(parts, partition, batch, { sum, signal });
}

type Batch = { records: OutRecord[]; bytes: number; malformed: number };

function add(batch: Batch, letter: DeadLetter, record: ConsumedRecord, now: number): void {
  batch.records.push(toResubmission(letter, record, now));
  batch.bytes += (record.value?.length ?? 0) + (record.key?.length ?? 0);
  if ('malformed' in readOrder(record.value)) batch.malformed++;
}

function isFull({ records, bytes }: Batch): boolean {
  return records.length >= BATCH.records || bytes >= BATCH.bytes;
}

async function send(
  { senders }: Parts,
  partition: number,
  batch: Batch,
  { sum, signal }: { sum: Resubmitted; signal: AbortSignal },
): Promise<void> {
  const { records, malformed } = batch;
  Object.assign(batch, { records: [], bytes: 0, malformed: 0 } satisfies Batch);
  if (records.length === 0) return;
  await senders.send(partition, records, signal);
  sum.resubmitted += records.length;
  sum.stillMalformed += malformed;
}
