import { createEngine, type EngineParts } from '../../src/engine/create-engine.ts';
import { createEventStore } from '../../src/engine/store.ts';
import type {
  AnalyticsDigest,
  InventoryDigest,
  LoadDigest,
  PartitionView,
  Question,
  Slot,
} from '../../src/workers/messages.ts';
import type { Supervisor } from '../../src/workers/supervisor.ts';
import { createFakeClock } from './fake-clock.ts';
import { createFakeCluster, PIPELINE, TOPICS } from './fake-cluster.ts';

export const NO_PERCENTILES = { count: 0, p50: 0, p99: 0, p999: 0, max: 0 };

/** Two bounds are enough for what is told of them. */
export const NO_HISTOGRAM = { boundsMs: [5, 50], counts: [0, 0, 0], sumMs: 0 };

export const NO_TOTALS = {
  total_orders: 0,
  distinct_orders: 0,
  duplicate_orders: 0,
  total_reservations: 0,
  failed_reservations: 0,
  failure_rate: 0,
  pending: 0,
  redelivered: 0,
  repeated_decisions: 0,
  conflicts: 0,
  foreign: 0,
  legacy: 0,
  cross_partition_duplicates: 0,
  malformed: 0,
  orders_per_minute: {},
};

const HEAD = {
  incarnation: 1,
  at: 0,
  state: 'running',
  waitsFor: '',
  memberId: 'm',
  generation: 1,
  heapBytes: 1024,
} as const;

export function view(topic: string, partition: number, position: number): PartitionView {
  const rest = { reason: '', first: position > 0 ? 0 : -1, committed: -1, end: -1, waitingSince: 0 };
  return { topic, partition, state: 'running', position, ...rest };
}

export function inventoryDigest(of: Partial<InventoryDigest> = {}): InventoryDigest {
  const counts = { appliedRevision: 0, reserved: 0, failed: 0, duplicates: 0, deadLettered: 0, doubts: 0 };
  return { ...HEAD, kind: 'inventory', slot: 'inventory/1', partitions: [], ...counts, ...of };
}

export function analyticsDigest(of: Partial<AnalyticsDigest> = {}): AnalyticsDigest {
  const rest = {
    digest: 'abcd',
    partialBecause: '',
    watchOnly: false,
    latency: NO_PERCENTILES,
    recent: [],
    replay: null,
  };
  const told = { totals: NO_TOTALS, endToEnd: NO_HISTOGRAM };
  return { ...HEAD, kind: 'analytics', slot: 'analytics/1', partitions: [], ...told, ...rest, ...of };
}

export function loadDigest(of: Partial<LoadDigest> = {}): LoadDigest {
  const counts = { asked: 10, produced: 10, distinct: 10, duplicates: 0, malformed: 0, errors: 0, unknown: 0 };
  const times = { late: 0, shed: 0, elapsedMs: 100, achieved: 100, delay: NO_PERCENTILES, publish: NO_PERCENTILES };
  const head = { kind: 'load', slot: 'load/1', run: 'r', phase: 'done', rate: 'max' } as const;
  return { ...HEAD, partitions: [], ...head, ...counts, ...times, published: NO_HISTOGRAM, ...of };
}

/** A supervisor that notes what it is told, and says that it has been done. */
export type FakeSupervisor = Supervisor & {
  told: string[];
  /** What a flush brings; a test sets it. */
  onFlush: () => void;
  onAsk: (slot: Slot, question: Question) => ReturnType<Supervisor['ask']>;
};

function createFakeSupervisor(): FakeSupervisor {
  const told: string[] = [];
  const note = async (...words: unknown[]) => {
    told.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
  };
  const fake: FakeSupervisor = {
    told,
    onFlush: () => {},
    onAsk: async () => null,
    slots: () => ['inventory/1', 'inventory/2', 'analytics/1'],
    scale: (kind, count) => note('scale', kind, count),
    start: (slot) => note('start', slot),
    stop: (slot) => note('stop', slot),
    kill: (slot, silent) => note('kill', slot, silent),
    hang: (slot, forMs) => note('hang', slot, forMs),
    pause: (slot) => note('pause', slot),
    resume: (slot) => note('resume', slot),
    turn: (change) => note('turn', change),
    ask: (slot, question) => fake.onAsk(slot, question),
    flush: async () => fake.onFlush(),
    startLoad: (plan) => note('start-load', plan),
    stopLoad: () => note('stop-load'),
    close: () => note('close'),
  };
  return fake;
}

/** An engine on fakes, with its inventory and analytics workers up and running. */
export function createFakeEngine(more: Partial<EngineParts> = {}) {
  const clock = createFakeClock();
  const cluster = createFakeCluster();
  const supervisor = createFakeSupervisor();
  const events = createEventStore({ pipeline: PIPELINE, clock });
  const engine = createEngine({ events, supervisor, cluster, clock, random: () => 0.5, ...more });
  events.emit({ type: 'topics-ensured', partitions: 3, created: [] });
  events.emit({ type: 'broker-started', address: '127.0.0.1:1', embedded: true, attached: false, note: '' });
  for (const slot of ['inventory/1', 'analytics/1'] as const) {
    events.emit({ type: 'worker-spawned', slot, incarnation: 1, why: 'start' });
    events.emit({ type: 'worker-ready', slot, incarnation: 1, forMs: 1 });
  }
  events.emit({ type: 'digest-arrived', digest: inventoryDigest() });
  events.emit({ type: 'digest-arrived', digest: analyticsDigest({ partitions: views(0, 0) }) });
  events.commit();
  return { clock, cluster, supervisor, events, engine };
}

/** Analytics' partitions of both topics at these positions. */
export function views(orders: number, events: number): PartitionView[] {
  return [0, 1, 2].flatMap((p) => [view(TOPICS.orders, p, orders), view(TOPICS.inventoryEvents, p, events)]);
}
