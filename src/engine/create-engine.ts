import { LunchrushError, toLunchrushError } from '../errors.ts';
import type { Supervisor } from '../workers/supervisor.ts';
import { abortable, within } from './bounded.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { createDispatch } from './dispatch.ts';
import type { Engine } from './engine.ts';
import { findFact } from './facts.ts';
import { groupIdOf, ourGroups } from './group-names.ts';
import type { BrokerControl, Hall } from './hall.ts';
import { untilIdle } from './idle.ts';
import { createOrderIds } from './order-ids.ts';
import { createPlacer } from './place.ts';
import { onlyReads } from './read-only.ts';
import { createRecall } from './recall.ts';
import { createSenders } from './senders.ts';
import type { EventStore } from './store.ts';
import { createWatcher } from './watcher.ts';

/** What an engine is made of. The supervisor and whoever starts the broker tell their facts to `events`. */
export type EngineParts = {
  events: EventStore;
  supervisor: Supervisor;
  cluster: Cluster;
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  /** Absent when the broker is not ours to control. */
  broker?: BrokerControl;
};

/** How long workers may take to answer a refresh, ms. */
const FLUSH_MS = 5000;

/** Joins all that a door needs. Nothing is asked of the cluster before `start`. */
export function createEngine(parts: EngineParts): Engine & { start(): Promise<void> } {
  const { events, supervisor, cluster, clock, random } = parts;
  const { pipeline } = events.store.getState();
  const began = clock.now();
  const watcher = createWatcher({ cluster, events, clock });
  const senders = createSenders(cluster, clock, pipeline.topics.orders);
  const newOrderId = createOrderIds(random);
  const placer = createPlacer({ senders, events, clock, random, newOrderId });
  let waitsFor = '';

  const idle = async (signal: AbortSignal) => {
    const says = (sentence: string) => {
      waitsFor = sentence;
    };
    const calm = watcher.hurry();
    try {
      await untilIdle({ cluster, supervisor, events, clock }, says, signal);
    } catch (thrown) {
      const error = toLunchrushError(thrown);
      throw error.code === 'TIMED_OUT' ? new LunchrushError('TIMED_OUT', `not idle: ${waitsFor}`) : error;
    } finally {
      waitsFor = '';
      calm();
    }
    await watcher.fresh().catch(() => {});
    events.commit();
  };
  const hall: Hall = {
    pipeline,
    clock,
    random,
    newOrderId,
    cluster,
    supervisor,
    events,
    watcher,
    senders,
    recall: createRecall(events),
    broker: parts.broker,
    idle,
    refresh: (names, signal) => refresh(hall, names, signal),
    fact: (name) => factOf(hall, name),
    waitsFor: () => waitsFor,
  };
  const { dispatch, tally } = createDispatch(hall);

  return {
    dispatch,
    place: pipeline.readOnly ? () => Promise.reject(onlyReads('placing an order changes orders')) : placer.place,
    store: events.store,
    onEvent: events.onEvent,
    fact: hall.fact,
    refresh: hall.refresh,
    idle: (signal) => idle(signal ?? new AbortController().signal),
    waitsFor: hall.waitsFor,
    start: () => watcher.start(),
    async close() {
      watcher.close();
      placer.close();
      await senders.close();
      await supervisor.close();
      await cluster.close();
      events.close();
      return { forMs: clock.now() - began, ...tally };
    },
  };
}

function factOf({ events }: Hall, name: string): number | string {
  const fact = findFact(name);
  if (!fact) throw new LunchrushError('COMMAND_REFUSED', `there is no fact ${name}`, { fix: 'see help facts' });
  const value = fact.select(events.store.getState());
  if (value === undefined) throw new LunchrushError('COMMAND_REFUSED', `nothing is known of ${name}`);
  return value;
}

/** Facts that only a look at the broker brings up to date, though workers have a part in them. */
const SAMPLED = /^(since\.)?position_lag\./;

/** Group that a fact is about, when it is about one. */
function groupIn(hall: Hall, name: string): string | undefined {
  const [, written] = /^(?:since\.)?(?:lag|position_lag|behind|state|members)\.(.+)$/.exec(name) ?? [];
  return written === undefined ? undefined : groupIdOf(hall, written);
}

/** Flushes outboxes for what workers tell, asks the broker for what it tells, and shows it. */
async function refresh(hall: Hall, names: readonly string[], signal?: AbortSignal): Promise<void> {
  const { supervisor, watcher, events, clock } = hall;
  const sources = new Set(names.map((name) => findFact(name)?.from));
  const groups = names.flatMap((name) => groupIn(hall, name) ?? []);
  for (const id of groups) if (!ourGroups(hall).includes(id)) watcher.include(id);
  const needsWorkers = sources.has('fold') || sources.has('workers') || sources.has('load');
  if (needsWorkers) {
    const flushed = within(clock, FLUSH_MS, supervisor.flush(), 'the workers did not answer within 5 s');
    await abortable(flushed, signal);
  }
  if (sources.has('broker') || names.some((name) => SAMPLED.test(name))) await abortable(watcher.fresh(), signal);
  events.commit();
}
