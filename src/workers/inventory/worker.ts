import { createGroupConsumer } from '../../kafka/group-consumer.ts';
import { createPartitionProducer } from '../../kafka/partition-producer.ts';
import { createPartitionReader } from '../../kafka/partition-reader.ts';
import { OutcomesFold } from '../../orders/outcomes-fold.ts';
import type { Body, Home } from '../host.ts';
import type { InventoryDigest, Knobs } from '../messages.ts';
import { heartbeatPulse } from '../pulse.ts';
import { atMost } from '../world.ts';
import { createCommitter } from './committer.ts';
import type { Commit } from './start-offset.ts';
import { Tenure } from './tenure.ts';
import { Turnstile } from './turnstile.ts';

/** How long a stop waits for its last commit, ms. */
const LAST_COMMIT_MS = 1_000;

const NO_COMMIT: Commit = { offset: -1, metadata: '' };

/** Reserves stock: decides every order of its partitions once and publishes the outcome to the same partition. */
export function createInventory(home: Home): Body {
  const { birth, world } = home;
  const { connection, topics, groupId, slot } = birth;
  const ears = home.log ? { log: home.log } : {};
  const reader = createPartitionReader(connection, ears);
  const pulse = heartbeatPulse(world);
  const folds = new Map<number, OutcomesFold>();
  const counts = { reserved: 0, failed: 0, duplicates: 0, deadLettered: 0, doubts: 0 };
  let knobs: Knobs = birth.knobs;
  let isPaused = birth.paused;
  let isRebalancing = false;
  let state: InventoryDigest['state'] = 'starting';
  let tenures: Tenure[] = [];

  const turnstile = new Turnstile(world, () => knobs.throttleMs);
  const consumer = createGroupConsumer(
    connection,
    { groupId, topics: [topics.orders], heartbeatIntervalMs: 1_000, ...ears },
    {
      assigned({ memberId, generation, partitions }) {
        for (const tenure of tenures) tenure.end();
        isRebalancing = false;
        pulse.beat();
        home.joinedAs(memberId);
        consumer.pause(partitions);
        tenures = partitions.map(({ partition, committed }) => begin(partition, committed));
        home.tell({
          type: 'group-joined',
          slot,
          memberId,
          generation,
          assigned: partitions.map(({ topic, partition }) => ({ topic, partition })),
        });
      },
      lost(reason) {
        isRebalancing = true;
        home.tell({ type: 'group-lost', slot, reason });
      },
      heartbeat() {
        pulse.beat();
        home.contact?.answered();
        if (!pulse.wasStale()) return;
        for (const tenure of tenures) tenure.nudge();
      },
      batch({ partition, records, highWatermark }) {
        tenures.find((t) => t.partition === partition)?.take(records, highWatermark);
        committer.wake();
      },
      jumped({ partition, from, low, high }) {
        tenures.find((t) => t.partition === partition)?.jumped(from, { low, high });
      },
      crashed: home.fail,
      trouble: (fault) => home.contact?.trouble(fault),
    },
  );
  const begin = (partition: number, committed: Commit = NO_COMMIT): Tenure => {
    const fold = folds.get(partition) ?? new OutcomesFold({ ordersTopic: topics.orders, partition, journal: false });
    folds.set(partition, fold);
    const here = [{ topic: topics.orders, partition }];
    return new Tenure({
      home,
      partition,
      reader,
      fold,
      turnstile,
      knobs: () => knobs,
      mayDecide: () => !isPaused && !isRebalancing && pulse.isFresh(),
      committed,
      open: (topic) => createPartitionProducer(connection, { topic, partition, ...ears }),
      seek: (offset) => consumer.seek(topics.orders, partition, offset),
      holdFetch: () => consumer.pause(here),
      releaseFetch: () => consumer.resume(here),
      counted(slice) {
        for (const { kind } of slice.decisions) counts[kind] += 1;
        counts.duplicates += slice.duplicates;
        counts.deadLettered += slice.rejected.length;
      },
      moved: () => committer.wake(),
      doubted: () => {
        counts.doubts += 1;
      },
    });
  };
  const committer = createCommitter(world, topics.orders, () => tenures, consumer.commit);
  const nudge = () => {
    for (const tenure of tenures) tenure.nudge();
  };

  return {
    async start() {
      state = 'joining';
      consumer.start();
      state = 'running';
    },
    async stop() {
      state = 'stopping';
      await Promise.all(tenures.map((t) => t.finish()));
      // A broker that is away must not hold up the stop: the output says how far the work has come.
      await atMost(world, LAST_COMMIT_MS, committer.close());
      await consumer.stop();
      await reader.close();
    },
    digest(): InventoryDigest {
      const partitions = tenures.map((t) => t.view());
      const waiting = partitions.find((p) => p.reason !== '');
      return {
        kind: 'inventory',
        slot,
        incarnation: birth.incarnation,
        at: world.now(),
        state: isPaused ? 'paused' : isRebalancing ? 'joining' : state,
        waitsFor: waiting ? `${waiting.topic}/${waiting.partition}: ${waiting.reason}` : '',
        memberId: consumer.memberId ?? '',
        generation: consumer.generation ?? -1,
        heapBytes: process.memoryUsage().heapUsed,
        partitions,
        appliedRevision: knobs.revision,
        ...counts,
      };
    },
    pause() {
      isPaused = true;
      home.tell({ type: 'worker-paused', slot });
    },
    resume() {
      isPaused = false;
      nudge();
      home.tell({ type: 'worker-resumed', slot });
    },
    applyKnobs(turned) {
      knobs = turned;
      turnstile.turned();
      nudge();
      home.tell({ type: 'knobs-applied', slot, knobs });
    },
  };
}
