import type { ConsumedRecord } from '../../kafka/record.ts';
import { readOrder, readOutcome } from '../../orders/read.ts';
import type { Hall, Run } from '../hall.ts';
import { columns } from '../print/columns.ts';
import { instant } from '../print/record.ts';
import { readChunks } from './records.ts';

/** Where in `orders` the order stands that an outcome decides. */
type Of = { topic: string; partition: number; offset: number };

/** What a record says of the order: `what` for people, the rest for programs. */
type Said = { kind: 'placed' | 'reserved' | 'failed' | 'dead letter'; what: string; source: Of | null };

/** One thing that the log holds of an order. `bytes` are of the value. */
export type Trace = Said & { topic: string; partition: number; offset: number; timestamp: number; bytes: number };

/** Tells what a record says of the order; undefined when it is of another. */
type Recognise = (record: ConsumedRecord, orderId: string) => Said | undefined;

const placed: Recognise = ({ value }, orderId) => {
  const read = readOrder(value);
  return 'orderId' in read && read.orderId === orderId ? { kind: 'placed', what: 'placed', source: null } : undefined;
};

const decided: Recognise = ({ value }, orderId) => {
  const read = readOutcome(value);
  if (!('orderId' in read) || read.orderId !== orderId) return undefined;
  const { kind, source = null } = read;
  const of = source ? `of ${source.topic}/${source.partition}@${source.offset}` : 'without source';
  return { kind, what: `${kind}, ${of}`, source };
};

const deadLettered: Recognise = ({ key }, orderId) =>
  key?.toString() === orderId ? { kind: 'dead letter', what: 'dead letter', source: null } : undefined;

/** Prints everything the log holds of one order. It reads the whole log, so it can take a while; it keeps only what it finds. */
export const run: Run<'trace'> = async (hall, { orderId }, signal) => {
  const { orders, inventoryEvents, deadLetters } = hall.pipeline.topics;
  const found = [
    ...(await search(hall, { topic: orders, recognise: placed, orderId }, signal)),
    ...(await search(hall, { topic: inventoryEvents, recognise: decided, orderId }, signal)),
    ...(await search(hall, { topic: deadLetters, recognise: deadLettered, orderId }, signal)),
  ];
  return { data: { orderId, found }, text: printTrace(orderId, found) };
};

type Wanted = { topic: string; recognise: Recognise; orderId: string };

async function search(hall: Hall, { topic, recognise, orderId }: Wanted, signal: AbortSignal): Promise<Trace[]> {
  const marks = await hall.cluster.watermarks(topic);
  const couldBe = mention(orderId);
  const found: Trace[] = [];
  for (const [partition, { low, high }] of marks.entries()) {
    for await (const chunk of readChunks(hall, { topic, partition, from: low, to: high }, signal)) {
      for (const record of chunk) {
        const said = couldBe(record) ? recognise(record, orderId) : undefined;
        const { offset, timestamp, value } = record;
        if (said) found.push({ ...said, topic, partition, offset, timestamp, bytes: value?.length ?? 0 });
      }
    }
  }
  return found;
}

/** A cheap look at the bytes before any decoding. Ids that JSON can write in more than one way are decoded always. */
function mention(orderId: string): (record: ConsumedRecord) => boolean {
  if (!/^[\w.:@-]+$/.test(orderId)) return () => true;
  const bytes = Buffer.from(orderId);
  return ({ key, value }) => (value?.includes(bytes) || value?.includes('\\u') || key?.equals(bytes)) ?? false;
}

const HEADS = [{ title: 'time' }, { title: 'where' }, { title: 'what' }];

/** What was found, a line each, in the order of the pipeline. */
export function printTrace(orderId: string, found: readonly Trace[]): string[] {
  if (found.length === 0) return [`the log holds nothing of ${orderId}`];
  const rows = found.map(({ timestamp, topic, partition, offset, what }) => [
    instant(timestamp),
    `${topic}/${partition}@${offset}`,
    what,
  ]);
  return columns(HEADS, rows);
}
