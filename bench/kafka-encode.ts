/**
 * Encoding and decoding of record batches: kafkajs as published beside ours. Prints one table, in thousands of records
 * a second on one core; `npx tsx bench/kafka-encode.ts`.
 */
import { groupMessagesPerPartition } from '../src/kafka/fixes/group-messages.ts';
import { encodeProduce, type ProduceArguments } from '../src/kafka/fixes/produce-request.ts';
import type { Message } from '../src/kafka/fixes/record-batch.ts';
import { partitionFor } from '../src/kafka/partitioner.ts';
import { decodeBatches } from '../src/kafka/wire/record-batches.ts';
import { stock } from '../test/kafka/stock.ts';

type Decoder = object;
type Grouping = (given: object) => Record<number, Message[]>;
const stockRequest = stock<(args: ProduceArguments) => { encode(): Promise<{ buffer: Buffer }> }>(
  'kafkajs/src/protocol/requests/produce/v7/request',
);
const StockDecoder = stock<new (bytes: Buffer) => Decoder>('kafkajs/src/protocol/decoder');
const decodeStock = stock<(decoder: Decoder) => Promise<unknown>>('kafkajs/src/protocol/recordBatch/v0/decoder');
const stockPartitioner = stock<() => (given: object) => number>('kafkajs/src/producer/partitioners/default')();
const stockGrouping = stock<Grouping>('kafkajs/src/producer/groupMessagesPerPartition');

const BATCH = 1_000;
const RUN_MS = 700;
const PARTITIONS = Array.from({ length: 3 }, (_, partitionId) => ({ partitionId, leader: 1 }));

function order(i: number): string {
  const orderId = `load-4f2a91-${String(i).padStart(7, '0')}`;
  const items = [{ sku: 'burrito', qty: 1 }];
  return JSON.stringify({
    eventId: orderId,
    eventType: 'OrderPlaced',
    orderId,
    items,
    createdAt: '2026-01-01T12:00:00.000Z',
  });
}

function messages(headers: number): Message[] {
  const own = Object.fromEntries(Array.from({ length: headers }, (_, i) => [`header-${i}`, 'some value']));
  return Array.from({ length: BATCH }, (_, i) => ({
    key: `load-${i}`,
    value: order(i),
    timestamp: 1_760_000_000_000 + i,
    ...(headers > 0 ? { headers: own } : {}),
  }));
}

function produceOf(batch: Message[]): ProduceArguments {
  return {
    acks: -1,
    timeout: 1_000,
    topicData: [{ topic: 'orders', partitions: [{ partition: 0, messages: batch }] }],
  };
}

/** Thousands of records a second of CPU: the best of three runs, since others share this machine. */
async function rate(work: () => unknown): Promise<number> {
  let best = 0;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    let batches = 0;
    for (const end = performance.now() + RUN_MS; performance.now() < end; batches++) await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, (batches * BATCH) / ((user + system) / 1_000));
  }
  return Math.round(best);
}

async function compare(name: string, theirs: () => unknown, ours: () => unknown): Promise<void> {
  const [before, after] = [await rate(theirs), await rate(ours)];
  rows.push({ 'k records/s': name, kafkajs: before, ours: after, times: Math.round((after / before) * 10) / 10 });
}

const rows: object[] = [];
for (const headers of [0, 1, 5]) {
  const args = produceOf(messages(headers));
  await compare(
    `encode, ${headers} headers`,
    () => stockRequest(args).encode(),
    () => encodeProduce(args, 0),
  );
  const request = encodeProduce(args, 0);
  const batch = request.subarray(request.length - request.readInt32BE(2 + 10 + 2 + 'orders'.length + 4 + 4));
  await compare(
    `decode, ${headers} headers`,
    () => decodeStock(new StockDecoder(batch)),
    () => decodeBatches(batch, 0),
  );
}
const batch = messages(0);
const byKey = (choose: (message: Message) => number) => () => batch.map(choose);
const stockChoice = (message: Message) => stockPartitioner({ topic: 'orders', partitionMetadata: PARTITIONS, message });
await compare(
  'partition of a key',
  byKey(stockChoice),
  byKey(({ key }) => partitionFor(key ?? '', 3)),
);
const grouping = { topic: 'orders', partitionMetadata: PARTITIONS, messages: batch, partitioner: () => 0 };
await compare(
  'grouping',
  () => stockGrouping(grouping),
  () => groupMessagesPerPartition(grouping),
);
console.table(rows);
