import { LunchrushError } from '../../errors.ts';
import { toKafkaError } from '../../kafka/errors.ts';
import type { OutRecord } from '../../kafka/partition-producer.ts';
import { partitionFor } from '../../kafka/partitioner.ts';
import { encodeOrder } from '../../orders/encode.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { newEventId } from '../order-ids.ts';
import { many } from '../print/quantity.ts';

/** Records in one batch at most. */
const BATCH = 1000;

/** Lines that are printed at most; what was produced is in the data in full. */
const LINES = 20;

type Produce = CommandOf<'produce'>;

/** A record on its way: the order id is told whatever happens, so that a retry with it is safe. */
type Order = { orderId: string | null; record: OutRecord };

/** Where a record was acknowledged. */
export type Placed = { orderId: string | null; partition: number; offset: number };

/** Places orders, or records as given. Ends when all are acknowledged. */
export const run: Run<'produce'> = async (hall, command, signal) => {
  const partitions = partitionCount(hall, command);
  const byPartition = new Map<number, Order[]>();
  for (const order of ordersOf(hall, command)) {
    const partition = choosePartition(hall, command, order, partitions);
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), order]);
  }
  const sent = [...byPartition].map(([partition, orders]) => sendAll(hall, partition, orders, signal));
  const placed = (await Promise.all(sent)).flat();
  return {
    data: { topic: hall.pipeline.topics.orders, records: placed },
    text: printPlaced(hall.pipeline.topics.orders, placed),
  };
};

function partitionCount(hall: Hall, { partition }: Produce): number {
  const { partitions } = hall.events.store.getState().topics;
  const { orders } = hall.pipeline.topics;
  if (partitions === 0) throw new LunchrushError('COMMAND_FAILED', `the partitions of ${orders} are not known yet`);
  if (partition !== undefined && partition >= partitions) {
    const sentence = `${orders} has no partition ${partition}: it has 0 to ${partitions - 1}`;
    throw new LunchrushError('COMMAND_REFUSED', sentence);
  }
  return partitions;
}

function* ordersOf(hall: Hall, command: Produce): Generator<Order> {
  for (let n = 0; n < command.count; n++) yield command.raw === undefined ? order(hall, command) : raw(hall, command);
}

function order({ clock, random, newOrderId }: Hall, { orderId: given, items, key }: Produce): Order {
  const orderId = given ?? newOrderId();
  const now = clock.now();
  const value = encodeOrder({ eventId: newEventId(random), orderId, items, createdAt: new Date(now).toISOString() });
  return { orderId, record: { key: key ?? orderId, value, timestamp: now } };
}

function raw({ clock }: Hall, { key, raw: value = null }: Produce): Order {
  return { orderId: null, record: { key: key ?? null, value, timestamp: clock.now() } };
}

/** The partition asked for, else that of the key; records without a key go anywhere. */
function choosePartition({ random }: Hall, { partition }: Produce, { record }: Order, partitions: number): number {
  if (partition !== undefined) return partition;
  return record.key === null ? Math.floor(random() * partitions) : partitionFor(record.key, partitions);
}

async function sendAll(
  hall: Hall,
  partition: number,
  orders: readonly Order[],
  signal: AbortSignal,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH);
    const first = await sendBatch(hall, partition, batch, signal);
    placed.push(...batch.map(({ orderId }, i) => ({ orderId, partition, offset: first + i })));
  }
  return placed;
}

async function sendBatch(hall: Hall, partition: number, batch: readonly Order[], signal: AbortSignal): Promise<number> {
  const records = batch.map((each) => each.record);
  try {
    return await hall.senders.send(partition, records, signal);
  } catch (thrown) {
    const names = batch.flatMap(({ orderId }) => orderId ?? []);
    const what = `${name(names)} not acknowledged by ${hall.pipeline.topics.orders}/${partition}`;
    const error = toKafkaError(thrown, what);
    if (!(error instanceof LunchrushError)) throw error;
    const sentence = error.message.startsWith(what) ? error.message : `${what}: ${error.message}`;
    const fix = names.length > 0 ? 'produce again with the same id: a copy is counted once' : error.fix;
    throw new LunchrushError(error.code, sentence, { fix, cause: error });
  }
}

function name(ids: readonly string[]): string {
  const [first, ...rest] = new Set(ids);
  if (first === undefined) return 'a raw record was';
  return rest.length === 0 ? `order ${first} was` : `orders ${first} and ${rest.length} more were`;
}

/** Where the records are, one line each up to a screenful. */
export function printPlaced(topic: string, placed: readonly Placed[]): string[] {
  const lines = placed
    .slice(0, LINES)
    .map(({ orderId, partition, offset }) => `${orderId ?? 'raw record'} is ${topic}/${partition}@${offset}`);
  const more = placed.length - lines.length;
  return more > 0 ? [...lines, `and ${many(more, 'more record')}`] : lines;
}
