import type { OutRecord, PartitionProducer } from '../../../src/kafka/partition-producer.ts';
import { OutcomesFold } from '../../../src/orders/outcomes-fold.ts';
import type { Slice } from '../../../src/workers/inventory/slice.ts';
import type { Commit } from '../../../src/workers/inventory/start-offset.ts';
import { Tenure } from '../../../src/workers/inventory/tenure.ts';
import { Turnstile } from '../../../src/workers/inventory/turnstile.ts';
import type { Knobs } from '../../../src/workers/messages.ts';
import { createFakeWorld, type FakeWorldOptions, settle } from '../fake-world.ts';
import { createHome } from '../homes.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { TOPICS } from '../orders.ts';

/** How a send of a test ends; `append` is what the broker would do. */
export type Send = (append: () => number, records: readonly OutRecord[], signal?: AbortSignal) => Promise<number>;

export type StageOptions = FakeWorldOptions & {
  cluster?: MemoryCluster;
  partition?: number;
  committed?: Commit;
  fold?: OutcomesFold;
  knobs?: Partial<Knobs>;
  /** Records in one fetched batch. */
  fetch?: number;
  /** Awaited before every answer to the reader. */
  wire?: (what: string) => Promise<void>;
};

/** One tenure on logs in memory: sends do what the test says next, fetches follow its seeks, pauses and resumes. */
export function createStage(options: StageOptions = {}) {
  const world = createFakeWorld(options);
  const home = createHome(world);
  const cluster = options.cluster ?? new MemoryCluster();
  const partition = options.partition ?? 0;
  const fold = options.fold ?? new OutcomesFold({ ordersTopic: TOPICS.orders, partition, journal: false });
  const knobs: Knobs = { revision: 1, failRate: 0, throttleMs: 0, ...options.knobs };
  const turnstile = new Turnstile(world, () => knobs.throttleMs);
  const member = { mayDecide: true, isHeld: true, position: 0, doubts: 0, opened: 0, seeks: [] as number[] };
  const sends: Send[] = [];
  const slices: Slice[] = [];
  const orders = cluster.log(TOPICS.orders, partition);

  const open = (topic: string): PartitionProducer => {
    member.opened += 1;
    return cluster.producer(topic, partition, async (records, signal) => {
      const append = () => cluster.log(topic, partition).append(records);
      const send = sends.shift();
      return { baseOffset: send ? await send(append, records, signal) : append() };
    });
  };
  const tenure = new Tenure({
    home,
    partition,
    reader: cluster.reader(options.wire),
    fold,
    turnstile,
    knobs: () => knobs,
    mayDecide: () => member.mayDecide,
    committed: options.committed ?? { offset: -1, metadata: '' },
    open,
    seek(offset) {
      member.position = offset;
      member.seeks.push(offset);
    },
    holdFetch: () => {
      member.isHeld = true;
    },
    releaseFetch: () => {
      member.isHeld = false;
    },
    counted: (slice) => void slices.push(slice),
    moved() {},
    doubted: () => {
      member.doubts += 1;
    },
  });

  /** Fetches once, as the consumer would: not while held, and from a position that the partition still has. */
  const fetch = (): boolean => {
    if (member.isHeld || member.position >= orders.high) return false;
    if (member.position < orders.low) {
      const from = member.position;
      member.position = orders.low;
      tenure.jumped(from, { low: orders.low, high: orders.high });
      return true;
    }
    const records = orders.from(member.position, options.fetch ?? 100);
    member.position = (records.at(-1)?.offset ?? 0) + 1;
    tenure.take(records, orders.high);
    return true;
  };
  /** Fetches and lets everything happen until nothing more does without a timer. */
  const run = async () => {
    do await settle();
    while (fetch());
    await settle();
  };
  /** The same over time. */
  const elapse = async (ms: number) => {
    for (let left = ms; left > 0; left -= 50) {
      await world.elapse(Math.min(50, left));
      await run();
    }
  };
  const output = () => cluster.log(TOPICS.inventoryEvents, partition);
  return {
    world,
    home,
    cluster,
    fold,
    knobs,
    turnstile,
    member,
    sends,
    slices,
    orders,
    output,
    tenure,
    fetch,
    run,
    elapse,
  };
}
