import { randomUUID } from 'node:crypto';
import { LunchrushError } from '../../errors.ts';
import { createPartitionProducer } from '../../kafka/partition-producer.ts';
import { partitionFor } from '../../kafka/partitioner.ts';
import { createBuckets } from '../histogram.ts';
import type { Body, Home } from '../host.ts';
import type { LoadDigest, LoadPlan } from '../messages.ts';
import { type Run, startRun } from './run.ts';
import { createTally } from './tally.ts';

/** The load generator: one load test at a time, each with producers of its own. */
export function createLoad(home: Home): Body {
  const { birth, world } = home;
  const { connection, topics, partitions, slot } = birth;
  let run: Run | undefined;

  const published = createBuckets();
  const idle = () =>
    createTally({ run: '', rate: 'max', shape: 'steady', duplicates: 0, malformed: 0, hot: 0 }, 0, published).read(
      'idle',
      0,
    );
  const nothing = idle();
  const digest = (): LoadDigest => ({
    kind: 'load',
    slot,
    incarnation: birth.incarnation,
    at: world.now(),
    state: run?.trouble() ? 'blocked' : 'running',
    waitsFor: run?.trouble() ?? '',
    memberId: '',
    generation: 0,
    heapBytes: process.memoryUsage().heapUsed,
    partitions: [],
    ...(run?.read() ?? nothing),
  });
  const startLoad = (plan: LoadPlan) => {
    const phase = run?.read().phase;
    if (phase === 'running' || phase === 'draining') {
      throw new LunchrushError('COMMAND_REFUSED', 'a load is running', { fix: 'stop load' });
    }
    const started = startRun(plan, {
      world,
      partitions,
      open: (partition) =>
        createPartitionProducer(connection, {
          topic: topics.orders,
          partition,
          ...(home.log ? { log: home.log } : {}),
        }),
      partitionOf: (key) => partitionFor(key, partitions),
      eventId: randomUUID,
      published,
    });
    run = started;
    home.tell({ type: 'load-started', slot, plan });
    started.done.then(
      ({ stopped }) => home.tell({ type: 'load-finished', slot, report: digest(), stopped }),
      home.fail,
    );
  };

  return {
    async start() {},
    async stop() {
      run?.stop();
      await run?.done;
    },
    digest,
    startLoad,
    stopLoad: () => run?.stop(),
  };
}
