import type { Event, Fact } from '../../src/engine/event.ts';
import type { Moment } from '../../src/engine/history.ts';
import type { GroupLag, PartitionLag } from '../../src/engine/lag/group-lag.ts';
import { initialState, type State, type WorkerState } from '../../src/engine/state.ts';
import type { Totals } from '../../src/orders/totals.ts';
import type { View } from '../../src/ui/types.ts';
import { initialView } from '../../src/ui/view.ts';
import type {
  AnalyticsDigest,
  InventoryDigest,
  LoadDigest,
  PartitionView,
  RecentOrder,
  Slot,
} from '../../src/workers/messages.ts';

/** The instant of all these states: 12:02:31 on the clock of whoever looks. */
export const NOW = new Date(2026, 1, 19, 12, 2, 31).getTime();

const TOPICS = { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dead-letters' };
const GROUPS = { inventory: 'inventory-service-group', analytics: 'analytics-group' };

/** Nothing is known yet. */
export function empty(): State {
  return initialState({ topics: TOPICS, groups: GROUPS }, NOW - 400);
}

/** A partition of a group: by default all is done. */
export function partition(
  of: Partial<PartitionLag> & Pick<PartitionLag, 'topic' | 'partition' | 'high'>,
): PartitionLag {
  const { high, progress = high, committed = progress } = of;
  const base = { low: 0, lag: high - committed, inRate: 0, outRate: 0, etaMs: 0, behindMs: 0, verdict: 'ok' } as const;
  return {
    ...base,
    candidate: 'ok',
    at: NOW,
    movedAt: NOW,
    caughtUpAt: NOW,
    ends: [],
    reached: [],
    progress,
    committed,
    ...of,
  };
}

export function group(groupId: string, partitions: PartitionLag[], of: Partial<GroupLag> = {}): GroupLag {
  const lag = partitions.reduce((sum, each) => sum + each.lag, 0);
  const base = { groupId, state: 'Stable', protocol: 'RoundRobin', members: [], partitions, lag } as const;
  return { ...base, members: [], behindMs: 0, etaMs: 0, verdict: 'ok', at: NOW, ...of };
}

function held(topic: string, number: number, end: number): PartitionView {
  return {
    topic,
    partition: number,
    state: 'running',
    reason: '',
    first: end > 0 ? 0 : -1,
    position: end,
    committed: end,
    end,
    waitingSince: 0,
  };
}

function head(slot: Slot) {
  return {
    slot,
    incarnation: 1,
    at: NOW - 80,
    state: 'running',
    waitsFor: '',
    memberId: `lunchrush-${slot}-4f2a`,
    generation: 6,
    heapBytes: 61_000_000,
  } as const;
}

export function inventoryDigest(slot: Slot, partitions: number[], of: Partial<InventoryDigest> = {}): InventoryDigest {
  const counts = { reserved: 40_000, failed: 17_000, duplicates: 642, deadLettered: 0, doubts: 0, appliedRevision: 3 };
  const views = partitions.map((p) => held('orders', p, 42_000));
  return { kind: 'inventory', ...head(slot), partitions: views, ...counts, ...of };
}

export const TOTALS: Totals = {
  total_orders: 128_402,
  distinct_orders: 127_118,
  duplicate_orders: 1_284,
  total_reservations: 124_980,
  failed_reservations: 37_739,
  failure_rate: 0.302,
  pending: 2_138,
  redelivered: 212,
  repeated_decisions: 0,
  conflicts: 0,
  foreign: 0,
  legacy: 0,
  cross_partition_duplicates: 0,
  malformed: 0,
  orders_per_minute: { '2026-02-19T12:01': 71_204, '2026-02-19T12:02': 57_198 },
};

/** Screens show percentiles and no buckets. */
const NOT_COUNTED = { boundsMs: [], counts: [0], sumMs: 0 };

export const END_TO_END = { count: 81_000, p50: 6, p99: 41, p999: 63, max: 88 };

export function analyticsDigest(of: Partial<AnalyticsDigest> = {}): AnalyticsDigest {
  const both = ['orders', 'inventory-events'].flatMap((topic) => [0, 1, 2].map((p) => held(topic, p, 42_000)));
  const said = { totals: TOTALS, digest: '9f2c41aa', partialBecause: '', latency: END_TO_END, recent: RECENT };
  const rest = { endToEnd: NOT_COUNTED, watchOnly: false, replay: null };
  return { kind: 'analytics', ...head('analytics/1'), partitions: both, ...said, ...rest, ...of };
}

function recent(orderId: string, at: string, state: RecentOrder['state'], latencyMs: number | null): RecentOrder {
  const [number, offset] = at.split('@').map(Number) as [number, number];
  return { orderId, partition: number, offset, placedAt: NOW - 1_200, state, latencyMs, ofLoad: false };
}

export const RECENT: RecentOrder[] = [
  recent('o-7f3a91c2', '1@42118', 'reserved', 6),
  recent('o-18bb04ae', '0@41902', 'failed', 5),
  recent('o-lunch-77', '2@42381', 'reserved', 11),
  recent('o-lunch-77', '2@42390', 'duplicate', null),
  recent('o-5c20d7f1', '1@42119', 'waiting', null),
  recent('{not json', '0@41903', 'malformed', null),
];

export function worker(slot: Slot, of: Partial<WorkerState> = {}): WorkerState {
  const kind = slot.slice(0, slot.indexOf('/')) as WorkerState['kind'];
  const past = { reserved: 0, failed: 0, duplicates: 0, deadLettered: 0, doubts: 0 };
  const thread = { incarnation: 1, restarts: 0, thread: 'ready', paused: false, why: '', backAt: null } as const;
  return { slot, kind, ...thread, since: NOW - 271_000, digest: null, past, ...of };
}

/** A minute in which a thousand orders a second came and 800 were worked off. */
function lastMinute(ordersEnd: number, eventsEnd: number): Moment[] {
  return Array.from({ length: 60 }, (_, i) => {
    const age = 59 - i;
    return {
      at: NOW - age * 1_000,
      lag: { [GROUPS.inventory]: 3_410 + age * 300, [GROUPS.analytics]: 12 },
      ends: { orders: ordersEnd - age * 1_204, 'inventory-events': eventsEnd - age * 1_154 },
      done: {
        [GROUPS.inventory]: ordersEnd - 3_410 - age * 1_504,
        [GROUPS.analytics]: ordersEnd + eventsEnd - 12 - age * 2_358,
      },
      produced: Math.max(0, 68_000 - age * 1_204),
    };
  });
}

export function report(of: Partial<LoadDigest> = {}): LoadDigest {
  const counts = { distinct: 67_400, duplicates: 680, malformed: 0, errors: 0, unknown: 0, late: 0, shed: 0 };
  const delay = { count: 68_000, p50: 1, p99: 4, p999: 6, max: 9 };
  const publish = { count: 68_000, p50: 2, p99: 9, p999: 14, max: 31 };
  const base = {
    run: 'r1',
    phase: 'running',
    asked: 100_000,
    rate: 1_200,
    produced: 68_000,
    elapsedMs: 56_500,
  } as const;
  return {
    kind: 'load',
    ...head('load/1'),
    partitions: [],
    ...base,
    ...counts,
    achieved: 1_204,
    delay,
    publish,
    published: NOT_COUNTED,
    ...of,
  };
}

export const PLAN = {
  run: 'r1',
  count: 100_000,
  rate: 1_200,
  shape: 'lunch',
  duplicates: 0.01,
  malformed: 0,
  hot: 0,
} as const;

/** All at work and nothing to do: what a person sees who has just started it. */
export function atRest(): State {
  const base = empty();
  const marks = [0, 1, 2].map(() => ({ low: 0, high: 0 }));
  return {
    ...base,
    cluster: { ...base.cluster, address: '127.0.0.1:9092', embedded: true, state: 'up', note: 'embedded broker' },
    topics: {
      ...base.topics,
      partitions: 3,
      at: NOW,
      watermarks: { orders: marks, 'inventory-events': marks },
      rates: { orders: 0, 'inventory-events': 0 },
    },
    groups: groupsOf([0, 0, 0], [0, 0, 0], {}),
    workers: {
      'inventory/1': worker('inventory/1', { digest: inventoryDigest('inventory/1', [0, 2]) }),
      'inventory/2': worker('inventory/2', { digest: inventoryDigest('inventory/2', [1]) }),
      'analytics/1': worker('analytics/1', { digest: analyticsDigest({ recent: [] }) }),
      'load/1': worker('load/1', { digest: report({ phase: 'idle' }) }),
    },
    knobs: { wanted: { revision: 3, failRate: 0, throttleMs: 0 }, applied: { 'inventory/1': 3, 'inventory/2': 3 } },
  };
}

function groupsOf(orders: number[], behind: number[], of: Partial<GroupLag>): State['groups'] {
  const rest = behind.every((records) => records === 0);
  const inventory = orders.map((high, p) => {
    const lag = behind[p] ?? 0;
    const rates = rest ? {} : { inRate: 401, outRate: p === 1 ? 384 : 398, behindMs: 2_900 };
    const etaMs = lag === 0 ? 0 : p === 1 ? null : 11_000;
    const verdict = lag === 0 ? 'ok' : p === 1 ? 'falling behind' : 'catching up';
    return partition({ topic: 'orders', partition: p, high, progress: high - lag, ...rates, etaMs, verdict });
  });
  const events = orders.map((high, p) => high - (behind[p] ?? 0));
  const analytics = [
    ...orders.map((high, p) => ['orders', high, p] as const),
    ...events.map((high, p) => ['inventory-events', high, p] as const),
  ];
  const each = analytics.map(([topic, high, p]) =>
    partition({
      topic,
      partition: p,
      high,
      progress: rest ? high : high - 2,
      inRate: rest ? 0 : 385,
      outRate: rest ? 0 : 385,
    }),
  );
  return {
    [GROUPS.inventory]: group(GROUPS.inventory, inventory, of),
    [GROUPS.analytics]: group(GROUPS.analytics, each),
  };
}

/** A load at 1,204 a second that inventory cannot quite follow. */
export function lagging(): State {
  const base = atRest();
  const ends = [43_012, 43_118, 42_272];
  const behind = [1_110, 2_000, 300];
  const events = ends.map((end, p) => end - (behind[p] ?? 0));
  return {
    ...base,
    topics: {
      ...base.topics,
      watermarks: {
        orders: ends.map((high) => ({ low: 0, high })),
        'inventory-events': events.map((high) => ({ low: 0, high })),
      },
      rates: { orders: 1_204, 'inventory-events': 1_180 },
    },
    groups: groupsOf(ends, behind, { etaMs: 12_000, verdict: 'catching up', behindMs: 2_900 }),
    workers: { ...base.workers, 'analytics/1': worker('analytics/1', { digest: analyticsDigest() }) },
    analytics: {
      totals: TOTALS,
      digest: '9f2c41aa',
      partialBecause: '',
      latency: END_TO_END,
      recent: RECENT,
      at: NOW - 80,
    },
    load: { plan: PLAN, report: report(), running: true, stopped: false },
    knobs: { ...base.knobs, wanted: { revision: 3, failRate: 0.3, throttleMs: 5 } },
    history: lastMinute(128_402, 124_992),
  };
}

/** Started with --workers 0: two inventory workers and analytics run elsewhere, analytics here reads beside them. */
export function besideOthers(): State {
  const base = lagging();
  const member = (clientId: string, topic: string, partitions: number[]) => ({
    memberId: `${clientId}-9c1d`,
    clientId,
    host: '/10.0.0.7',
    assignment: [{ topic, partitions }],
  });
  const inventory = [
    member('lunchrush-inventory-lima-812', 'orders', [0, 2]),
    member('lunchrush-inventory-oslo-77', 'orders', [1]),
  ];
  const analytics = [member('lunchrush-analytics-oslo-78', 'orders', [0, 1, 2])];
  const { 'analytics/1': reading, 'load/1': load } = base.workers;
  const seen = (groupId: string, members: GroupLag['members']) => ({
    ...(base.groups[groupId] as GroupLag),
    members,
  });
  return {
    ...base,
    workers: { 'analytics/1': reading, 'load/1': load } as State['workers'],
    groups: {
      [GROUPS.inventory]: seen(GROUPS.inventory, inventory),
      [GROUPS.analytics]: seen(GROUPS.analytics, analytics),
    },
    knobs: { ...base.knobs, applied: {} },
  };
}

/** One of two inventory workers died and is being replaced. */
export function workerDown(): State {
  const base = lagging();
  const dead = worker('inventory/2', { thread: 'dead', why: 'killed', since: NOW - 1_000, backAt: NOW, restarts: 1 });
  return { ...base, workers: { ...base.workers, 'inventory/2': dead } };
}

/** The broker has been gone for twelve seconds. */
export function brokerDown(): State {
  const base = lagging();
  return {
    ...base,
    cluster: { ...base.cluster, state: 'away', since: NOW - 12_000, reason: 'the process was killed' },
  };
}

/** Inventory is dividing its partitions anew. */
export function rebalancing(): State {
  const base = lagging();
  const joining = (slot: Slot) => worker(slot, { digest: inventoryDigest(slot, [], { state: 'joining' }) });
  const before = base.groups[GROUPS.inventory] as GroupLag;
  return {
    ...base,
    workers: { ...base.workers, 'inventory/1': joining('inventory/1'), 'inventory/2': joining('inventory/2') },
    groups: {
      ...base.groups,
      [GROUPS.inventory]: { ...before, state: 'PreparingRebalance', verdict: 'rebalancing', etaMs: null },
    },
  };
}

const RANGES = ['orders', 'inventory-events'].flatMap((topic) =>
  [0, 1, 2].map((p) => ({ topic, partition: p, from: 0, to: 42_000, removed: 0 })),
);

/** Analytics folds the log a second time, 78 % done. */
export function replaying(): State {
  const base = lagging();
  const running = {
    phase: 'folding',
    ranges: RANGES,
    folded: 197_647,
    records: 253_394,
    held: TOTALS,
    replayed: { ...TOTALS, total_orders: 100_154, total_reservations: 97_484, failed_reservations: 29_446 },
  } as const;
  return { ...base, replay: { running, last: null, lastAt: 0 } };
}

/** The replay ended in other numbers than the held ones. */
export function replayDiffers(): State {
  const base = replaying();
  const { running } = base.replay;
  if (!running) return base;
  const last = {
    type: 'different',
    records: 253_394,
    forMs: 900,
    sentence:
      'reserved of inventory-events/2 is 41 in the held state and 40 in the replayed one; they first part at offset 40118',
    counter: 'reserved',
    topic: 'inventory-events',
    partition: 2,
    from: 40_118,
    to: 40_119,
    held: '41',
    replayed: '40',
  } as const;
  return { ...base, replay: { running: { ...running, phase: 'differs' }, last, lastAt: NOW - 2_000 } };
}

/** More was asked of the load generator than the broker takes. */
export function saturated(): State {
  const base = lagging();
  const under = report({
    rate: 20_000,
    achieved: 8_420,
    late: 31_200,
    shed: 4_050,
    unknown: 3,
    errors: 2,
    state: 'blocked',
    waitsFor: 'orders/1: the broker answers slowly',
  });
  return { ...base, load: { ...base.load, plan: { ...PLAN, rate: 20_000 }, report: under } };
}

function member(slot: Slot, assigned: Record<string, number[]>): GroupLag['members'][number] {
  const clientId = `lunchrush-${slot.replace('/', '-')}`;
  const assignment = Object.entries(assigned).map(([topic, partitions]) => ({ topic, partitions }));
  return { memberId: `lunchrush-${slot}-4f2a`, clientId, host: '/127.0.0.1', assignment };
}

/** The same with the members that the coordinator knows. */
export function withMembers(state: State): State {
  const inventory = [member('inventory/1', { orders: [0, 2] }), member('inventory/2', { orders: [1] })];
  const analytics = [member('analytics/1', { orders: [0, 1, 2], 'inventory-events': [0, 1, 2] })];
  const of = (id: string, members: GroupLag['members']) => ({ [id]: { ...(state.groups[id] as GroupLag), members } });
  return {
    ...state,
    groups: { ...state.groups, ...of(GROUPS.inventory, inventory), ...of(GROUPS.analytics, analytics) },
  };
}

/** Facts that happened so many ms before NOW, the longest ago first. */
export function logOf(...facts: readonly (readonly [agoMs: number, fact: Fact])[]): Event[] {
  return facts.map(([agoMs, fact]) => ({ ...fact, at: NOW - agoMs }));
}

const KILL = { verb: 'kill', target: 'inventory/2', silent: false } as const;

/** What was done in the last half minute: throttle, and a kill that the group got over. */
export const DONE: Event[] = logOf(
  [31_000, { type: 'command-started', id: 1, command: { verb: 'throttle', throttleMs: 5 }, text: 'throttle 5ms' }],
  [31_000, { type: 'knobs-set', knobs: { revision: 3, failRate: 0.3, throttleMs: 5 } }],
  [30_990, { type: 'knobs-applied', slot: 'inventory/1', knobs: { revision: 3, failRate: 0.3, throttleMs: 5 } }],
  [30_980, { type: 'knobs-applied', slot: 'inventory/2', knobs: { revision: 3, failRate: 0.3, throttleMs: 5 } }],
  [30_980, { type: 'command-finished', id: 1, forMs: 20 }],
  [12_000, { type: 'command-started', id: 2, command: KILL, text: 'kill inventory/2' }],
  [11_990, { type: 'worker-killed', slot: 'inventory/2', incarnation: 1, silent: false }],
  [11_985, { type: 'worker-spawned', slot: 'inventory/2', incarnation: 2, why: 'replaces incarnation 1' }],
  [11_980, { type: 'command-finished', id: 2, forMs: 20 }],
  [11_900, { type: 'group-lost', slot: 'inventory/1', reason: 'rebalance' }],
  [11_500, { type: 'worker-ready', slot: 'inventory/2', incarnation: 2, forMs: 485 }],
  [
    11_480,
    {
      type: 'group-joined',
      slot: 'inventory/1',
      memberId: 'lunchrush-inventory/1-4f2a',
      generation: 7,
      assigned: [0, 2].map((p) => ({ topic: 'orders', partition: p })),
    },
  ],
  [
    11_470,
    {
      type: 'group-joined',
      slot: 'inventory/2',
      memberId: 'lunchrush-inventory/2-4f2a',
      generation: 7,
      assigned: [{ topic: 'orders', partition: 1 }],
    },
  ],
);

/** Lagging, with members, and with what was done to it. */
export function eventful(): State {
  return { ...withMembers(lagging()), log: DONE };
}

/** The view at rest. */
export function view(of: Partial<View> = {}): View {
  return { ...initialView({ size: { columns: 120, rows: 40 }, ascii: false, color: true }), isHintShown: false, ...of };
}
