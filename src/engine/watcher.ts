import { LunchrushError, toLunchrushError } from '../errors.ts';
import { within } from './bounded.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { createDeadLetterCount } from './dead-letters.ts';
import { lookOnce } from './look.ts';
import type { State } from './state.ts';
import type { EventStore } from './store.ts';

/** Between two looks, ms: at rest, and while something moves or somebody waits. */
const EVERY_MS = { rest: 1000, moving: 250 };

/** A look that takes longer, ms, finds the cluster away. */
const LOOK_MS = 5000;

/** How long one look reads dead letters, ms; what is left is read at the next. */
const DEAD_LETTERS_MS = 1000;

/** Looks at groups and watermarks on one timer, and when asked. */
export type Watcher = {
  /** Begins to look; the first look has been made when it resolves, whatever it found. */
  start(): Promise<void>;
  /** Answers of a look that began after the call; rejects when the cluster is away. Callers share a look. */
  fresh(): Promise<void>;
  /** Also looks at a group that is not ours, from now on. */
  include(groupId: string): void;
  /** Looks more often until the returned function is called. */
  hurry(): () => void;
  close(): void;
};

/** Whether something in the state is on its way, so that a look a second would be too rare. */
export function isMoving(state: State): boolean {
  if (state.load.running || state.replay.running !== null || Object.keys(state.commands).length > 0) return true;
  return Object.values(state.groups).some((group) => group.lag > 0 || group.state.endsWith('Rebalance'));
}

type Parts = { cluster: Cluster; events: EventStore; clock: Clock };

/** Creates a watcher; nothing is asked before `start`. It never throws: a cluster that is away becomes an event. */
export function createWatcher({ cluster, events, clock }: Parts): Watcher {
  const { pipeline } = events.store.getState();
  const others = new Set<string>();
  const deadLetters = createDeadLetterCount(cluster, pipeline.topics.deadLetters);
  let lostAt: number | undefined;
  let waiting = 0;
  let started = false;
  let closed = false;
  let cancel: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const look = async () => {
    const answer = lookOnce(cluster, pipeline, [...others]);
    const { groups, topics, deadLetterEnds } = await within(clock, LOOK_MS, answer, 'Kafka did not answer in time');
    await readDeadLetters(deadLetterEnds);
    if (closed) return;
    events.emit({ type: 'topics-sampled', topics, deadLetters: deadLetters.distinct() });
    events.emit({ type: 'groups-sampled', groups });
    if (lostAt !== undefined) events.emit({ type: 'cluster-found', awayForMs: clock.now() - lostAt });
    lostAt = undefined;
    events.commit();
  };
  const readDeadLetters = async (ends: Parameters<typeof deadLetters.readTo>[0]) => {
    const stop = new AbortController();
    const unset = clock.setTimer(DEAD_LETTERS_MS, () => stop.abort());
    await deadLetters.readTo(ends, stop.signal).finally(unset);
  };
  const guarded = async () => {
    try {
      await look();
    } catch (thrown) {
      const error = toLunchrushError(thrown);
      if (lostAt === undefined && !closed) {
        lostAt = clock.now();
        events.emit({ type: 'cluster-lost', reason: error.message });
      }
      throw error.code === 'FAULT' ? error : new LunchrushError('KAFKA_UNREACHABLE', error.message, { cause: error });
    } finally {
      running = undefined;
    }
  };
  const begin = () => {
    running = guarded();
    return running;
  };
  const fresh = () => {
    if (!running) return begin();
    next ??= running.then(ignore, ignore).then(() => {
      next = undefined;
      return running ?? begin();
    });
    return next;
  };
  const again = () => {
    if (closed || !started) return;
    cancel?.();
    const moving = waiting > 0 || isMoving(events.store.getState());
    cancel = clock.setTimer(moving ? EVERY_MS.moving : EVERY_MS.rest, tick);
  };
  const tick = () => {
    void (running ?? begin()).catch(ignore).then(again);
  };

  return {
    async start() {
      started = true;
      await fresh().catch(ignore);
      again();
    },
    fresh,
    include: (groupId) => void others.add(groupId),
    hurry() {
      waiting++;
      again();
      let held = true;
      return () => {
        if (held) waiting--;
        held = false;
      };
    },
    close() {
      closed = true;
      cancel?.();
    },
  };
}

function ignore(): void {}
