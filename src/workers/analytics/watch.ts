import { faultOf, isRefusal, toKafkaError } from '../../kafka/errors.ts';
import type { GroupListener } from '../../kafka/group/listener.ts';
import type { PartitionReader } from '../../kafka/partition-reader.ts';
import { pauseFor, type World } from '../world.ts';
import type { Source } from './source.ts';

const LOOK_EVERY_MS = 200;

const NO_GENERATION = -1;

export type WatchParts = { world: World; reader: PartitionReader; topics: string[]; partitions: number };

/**
 * Reads all partitions outside every group and commits nothing: what a second console folds from. `caughtUp` resolves
 * when all that was there at the start has been read.
 */
export function createWatch(
  { world, reader, topics, partitions }: WatchParts,
  on: GroupListener,
): Source & { caughtUp: Promise<void> } {
  const life = new AbortController();
  const next = new Map<string, number>();
  const all = topics.flatMap((topic) => Array.from({ length: partitions }, (_, partition) => ({ topic, partition })));
  let isPaused = false;
  let round: Promise<void> = Promise.resolve();
  let tellCaughtUp = () => {};
  const caughtUp = new Promise<void>((resolve) => {
    tellCaughtUp = resolve;
  });

  const readOn = async (topic: string, partition: number, high: number) => {
    const key = `${topic}/${partition}`;
    const from = next.get(key) ?? 0;
    if (from >= high) return;
    for await (const records of reader.read(topic, partition, { from, to: high, signal: life.signal })) {
      const first = records[0];
      const last = records.at(-1);
      if (!first || !last || life.signal.aborted) return;
      next.set(key, last.offset + 1);
      on.batch({ topic, partition, records, firstOffset: first.offset, expected: from, highWatermark: high });
    }
  };
  const look = async () => {
    for (const topic of topics) {
      const marks = await reader.watermarks(
        topic,
        all.filter((w) => w.topic === topic).map((w) => w.partition),
      );
      for (const [partition, { low, high }] of marks) {
        const key = `${topic}/${partition}`;
        const from = next.get(key) ?? 0;
        if (from > high) on.jumped?.({ topic, partition, from, to: low, low, high });
        next.set(key, Math.max(low, next.get(key) ?? 0));
        if (!isPaused) await readOn(topic, partition, high);
      }
    }
  };
  const looked = () => {
    tellCaughtUp();
    on.heartbeat({ generation: NO_GENERATION });
  };
  const troubled = (thrown: unknown) => {
    const fault = faultOf(thrown);
    if (fault && isRefusal(fault)) on.crashed(toKafkaError(thrown, 'reading beside the group'));
    else if (fault) on.trouble?.(fault);
  };
  const live = async () => {
    while (!life.signal.aborted) {
      // A broker that is away is looked for again at the next round.
      await look().then(looked, troubled);
      await pauseFor(world, LOOK_EVERY_MS, life.signal);
    }
  };

  return {
    caughtUp,
    start() {
      on.assigned({ memberId: '', generation: NO_GENERATION, partitions: all });
      round = live();
    },
    async stop() {
      life.abort();
      await round;
    },
    seek: (topic, partition, offset) => void next.set(`${topic}/${partition}`, offset),
    pause: () => {
      isPaused = true;
    },
    resume: () => {
      isPaused = false;
    },
    commit: async () => {},
    memberId: undefined,
    generation: undefined,
  };
}
