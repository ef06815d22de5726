import type { PartitionProducer } from '../../kafka/partition-producer.ts';
import type { Buckets } from '../histogram.ts';
import type { LoadPlan } from '../messages.ts';
import { pauseFor, type World } from '../world.ts';
import { dueAfter, intendedAt } from './arrivals.ts';
import { type Composed, type ComposeParts, createComposer } from './compose.ts';
import { extentOf } from './extent.ts';
import { Lane } from './lane.ts';
import { type Counts, createTally } from './tally.ts';

const TICK_MS = 5;
/** Records composed and not acknowledged at which an open loop gives arrivals up: memory stays bounded at any rate. */
const BACKLOG_LIMIT = 50_000;
/** After a stop, how long the flush may take before what is left counts as refused, ms. */
const FLUSH_DEADLINE_MS = 10_000;

export type RunParts = Omit<ComposeParts, 'random'> & {
  world: World;
  partitions: number;
  open(partition: number): PartitionProducer;
  /** Where publishing is counted over all runs. */
  published: Buckets;
};

/** One load test under way. */
export type Run = {
  /** Ends composing; what is composed is still sent. */
  stop(): void;
  read(): Counts;
  /** What is in the way, in words; empty when nothing is. */
  trouble(): string;
  /** Resolves when everything is settled. */
  done: Promise<{ stopped: boolean }>;
};

/** Starts a load: a closed loop for `max`, else an open loop on a schedule that forgives nothing. */
export function startRun(plan: LoadPlan, parts: RunParts): Run {
  const { world, partitions } = parts;
  const { total, spanMs, untilMs } = extentOf(plan);
  const tally = createTally(plan, total, parts.published);
  const stopping = new AbortController();
  const giveUp = new AbortController();
  const lanes = Array.from(
    { length: partitions },
    (_, p) => new Lane(world, () => parts.open(p), tally, giveUp.signal),
  );
  const compose = createComposer(plan, total, { ...parts, random: world.random });
  const startedAt = world.now();
  const limit = total ?? Number.POSITIVE_INFINITY;
  let index = 0;
  let phase: Counts['phase'] = 'running';
  let endedAt = 0;

  const elapsed = () => (endedAt || world.now()) - startedAt;
  const goesOn = () => !stopping.signal.aborted && index < limit && elapsed() < untilMs;
  const put = ({ kind, partition, record }: Composed) => {
    tally.composed(kind);
    (lanes[partition] as Lane).push(record);
  };
  const closedLoop = async () => {
    while (goesOn()) {
      const at = world.now();
      // A slice of composing between looks at the clock, so that `createdAt` stays true to the millisecond or two.
      for (let n = 0; n < 500 && index < limit && !lanes.some((l) => l.isFull); n++, index++) put(compose(at));
      const full = lanes.filter((l) => l.isFull);
      if (full.length > 0) await Promise.race(full.map((l) => l.settled()));
      else await yieldTurn();
    }
  };
  const tick = () => {
    const due = Math.min(dueAfter(plan.shape, limit, spanMs, Math.min(elapsed(), untilMs)), limit);
    const backlog = lanes.reduce((sum, l) => sum + l.pending, 0);
    const room = Math.max(0, BACKLOG_LIMIT - backlog);
    const until = Math.min(due, index + room);
    for (; index < until; index++) put(compose(startedAt + Math.floor(intendedAt(plan.shape, limit, spanMs, index))));
    if (due > index) tally.shed(due - index);
    index = due;
    for (const lane of lanes) lane.kick();
  };
  const openLoop = async () => {
    while (goesOn()) {
      tick();
      await pauseFor(world, TICK_MS, stopping.signal);
    }
    // What fell due between the last tick and the end, however late this comes.
    if (!stopping.signal.aborted) tick();
  };
  const finish = async () => {
    await (plan.rate === 'max' ? closedLoop() : openLoop());
    phase = 'draining';
    let cancel = () => {};
    const limitFlush = () => {
      cancel = world.setTimer(FLUSH_DEADLINE_MS, () => giveUp.abort());
    };
    if (stopping.signal.aborted) limitFlush();
    stopping.signal.addEventListener('abort', limitFlush);
    await Promise.all(lanes.map((l) => l.drain()));
    stopping.signal.removeEventListener('abort', limitFlush);
    cancel();
    endedAt = world.now();
    phase = 'done';
    return { stopped: stopping.signal.aborted };
  };

  return {
    stop: () => stopping.abort(),
    read: () => tally.read(phase, elapsed()),
    trouble: tally.trouble,
    done: finish(),
  };
}

function yieldTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
