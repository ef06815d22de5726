import { type ErrorCode, LunchrushError, toLunchrushError } from '../errors.ts';
import { toKafkaError } from '../kafka/errors.ts';
import { partitionFor } from '../kafka/partitioner.ts';
import { encodeOrder } from '../orders/encode.ts';
import type { Item, OrderPlaced } from '../orders/events.ts';
import type { Clock } from './clock.ts';
import { BURRITO } from './commands/rows/produce.ts';
import { newEventId } from './order-ids.ts';
import { createPlaceLane, type PlaceLane, type Waiting } from './place-lane.ts';
import type { Senders } from './senders.ts';
import type { EventStore } from './store.ts';

/** An order to be placed: an id is made up where none is given, and one burrito is ordered where nothing is said. */
export type OrderToPlace = { orderId?: string; items?: readonly Item[] };

/** An order that every in-sync replica has, and where it stands. */
export type PlacedOrder = { event: OrderPlaced; partition: number; offset: number };

/** An order that was not acknowledged. Its id is told, so that a retry with it is safe: a copy is counted once. */
export class NotPlaced extends LunchrushError {
  readonly orderId: string;

  constructor(orderId: string, code: ErrorCode, sentence: string, cause?: unknown) {
    super(code, sentence, { fix: AGAIN, cause });
    this.orderId = orderId;
  }
}

const AGAIN = 'send it again with the same order id: a copy is counted once';

/** How much may wait in memory, over all partitions. */
const MAX_WAITING = { orders: 10_000, bytes: 16 * 1024 * 1024 };

/** Places single orders, many at a time. */
export type Placer = {
  /** Resolves when the order is acknowledged; rejects with NotPlaced, after ten seconds at the latest. */
  place(order: OrderToPlace): Promise<PlacedOrder>;
  /** Refuses what waits and what comes. */
  close(): void;
};

export type PlacerParts = {
  senders: Pick<Senders, 'send'>;
  events: EventStore;
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  /** An order id that nobody else was given. */
  newOrderId: () => string;
};

/**
 * The way in for orders that come one by one and fast: no command and no event for each, and what arrives while a batch
 * of its partition is on its way goes together in the next one.
 */
export function createPlacer({ senders, events, clock, random, newOrderId }: PlacerParts): Placer {
  const { pipeline } = events.store.getState();
  const topic = pipeline.topics.orders;
  const lanes = new Map<number, PlaceLane>();
  let waiting = { orders: 0, bytes: 0 };
  let closed = false;

  const laneOf = (partition: number) => {
    const lane = lanes.get(partition) ?? createPlaceLane({ senders, clock, partition });
    lanes.set(partition, lane);
    return lane;
  };
  const count = (orders: number, bytes: number) => {
    waiting = { orders: waiting.orders + orders, bytes: waiting.bytes + bytes };
  };
  const refusal = (): [ErrorCode, string] | undefined => {
    const { cluster, topics } = events.store.getState();
    if (closed) return ['COMMAND_FAILED', 'the program is closing'];
    if (cluster.state === 'away') return ['KAFKA_UNREACHABLE', `the cluster is away: ${cluster.reason}`];
    if (cluster.state === 'stopped') return ['KAFKA_UNREACHABLE', 'the broker is stopped'];
    if (topics.partitions === 0) return ['COMMAND_FAILED', `the partitions of ${topic} are not known yet`];
    const isFull = waiting.orders >= MAX_WAITING.orders || waiting.bytes >= MAX_WAITING.bytes;
    return isFull ? ['COMMAND_FAILED', `${waiting.orders} orders wait already`] : undefined;
  };

  return {
    async place({ orderId = newOrderId(), items = BURRITO }) {
      const refused = refusal();
      if (refused) throw new NotPlaced(orderId, refused[0], `order ${orderId} was not sent: ${refused[1]}`);
      const now = clock.now();
      const event = {
        eventId: newEventId(random),
        eventType: 'OrderPlaced',
        orderId,
        items,
        createdAt: new Date(now).toISOString(),
      } as const;
      const value = encodeOrder(event);
      const partition = partitionFor(orderId, events.store.getState().topics.partitions);
      const order: Waiting = { record: { key: orderId, value, timestamp: now }, bytes: value.length, since: now };
      count(1, order.bytes);
      try {
        return { event, partition, offset: await laneOf(partition).send(order) };
      } catch (thrown) {
        throw notPlaced(thrown, orderId, `${topic}/${partition}`);
      } finally {
        count(-1, -order.bytes);
      }
    },
    close() {
      closed = true;
      for (const lane of lanes.values()) lane.close();
    },
  };
}

function notPlaced(thrown: unknown, orderId: string, where: string): NotPlaced {
  const what = `order ${orderId} was not acknowledged by ${where}`;
  const error = toLunchrushError(toKafkaError(thrown, what));
  const sentence = error.message.startsWith(what) ? error.message : `${what}: ${error.message}`;
  return new NotPlaced(orderId, error.code, sentence, thrown);
}
