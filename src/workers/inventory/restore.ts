import type { PartitionReader, Watermarks } from '../../kafka/partition-reader.ts';
import { OrderReader } from '../../orders/order-reader.ts';
import type { OutcomesFold } from '../../orders/outcomes-fold.ts';
import type { TopicNames } from '../messages.ts';
import { Halt } from './doubt.ts';
import { type Commit, type Start, startOffset } from './start-offset.ts';

export type RestoreParts = {
  reader: PartitionReader;
  topics: TopicNames;
  partition: number;
  /** What this thread already knows of the output; read on from there. */
  fold: OutcomesFold;
  commit: Commit;
  /** Share of the output read so far, 0 to 1. */
  progress(share: number): void;
  signal: AbortSignal;
};

export type Restored = Start & { w: number; read: number; outputEnd: number };

/** Reads the output to its end through the fold and says where to begin; a Halt when the log cannot be what it was. */
export async function restore(parts: RestoreParts): Promise<Restored> {
  const { reader, topics, partition, fold, commit } = parts;
  const output = await marksOf(reader, topics.inventoryEvents, partition);
  if (fold.position.next > output.high) {
    throw new Halt(
      `${topics.inventoryEvents}/${partition} ends at ${output.high}, but had ${fold.position.next} records before: it was recreated or lost its tail`,
    );
  }
  const read = await foldTail(parts, Math.max(fold.position.next, output.low), output.high);
  // Asked for last: an outcome that was read names an order that was there before.
  const input = await marksOf(reader, topics.orders, partition);
  await checkFingerprint(parts, input);
  return { ...startOffset(fold.last, commit, input.low), w: fold.last, read, outputEnd: output.high };
}

async function marksOf(reader: PartitionReader, topic: string, partition: number): Promise<Watermarks> {
  const found = (await reader.watermarks(topic, [partition])).get(partition);
  if (found) return found;
  throw new Halt(`${topic} has no partition ${partition}`);
}

async function foldTail(parts: RestoreParts, from: number, to: number): Promise<number> {
  const { reader, topics, partition, fold, signal } = parts;
  let read = 0;
  for await (const records of reader.read(topics.inventoryEvents, partition, { from, to, signal })) {
    for (const record of records) fold.apply(record.offset, record.value);
    read += records.length;
    parts.progress(to === from ? 1 : read / (to - from));
  }
  return read;
}

/** The order at W must be the one that the event of W names: offsets alone do not tell one topic from its successor. */
async function checkFingerprint(parts: RestoreParts, input: Watermarks): Promise<void> {
  const { reader, topics, partition, fold } = parts;
  const w = fold.last;
  if (w < 0 || w < input.low) return;
  const where = `${topics.orders}/${partition}`;
  if (w >= input.high) {
    throw new Halt(
      `${where} ends at ${input.high}, but ${topics.inventoryEvents}/${partition} holds the outcome of offset ${w}: ${topics.orders} was recreated or lost its tail`,
    );
  }
  const record = await reader.readOne(topics.orders, partition, w);
  if (!record) return;
  const order = new OrderReader();
  if (order.read(record.value) && order.lanes.every((lane, i) => lane === fold.lastLanes[i])) return;
  throw new Halt(
    `the order at ${where}@${w} is not the one that its outcome names: ${topics.orders} was recreated under a kept ${topics.inventoryEvents}`,
  );
}
