import type { WrittenError } from '../errors.ts';
import type { Totals } from '../orders/totals.ts';
import type {
  Digest,
  Knobs,
  LoadDigest,
  LoadPlan,
  Percentiles,
  RecentOrder,
  ReplayState,
  ReplayVerdict,
  Slot,
  TopicNames,
  WorkerKind,
} from '../workers/messages.ts';
import type { Event } from './event.ts';
import type { Moment } from './history.ts';
import type { EndPoint, GroupLag } from './lag/group-lag.ts';

/** What stays the same for the life of an engine. */
export type Pipeline = {
  topics: TopicNames;
  groups: { inventory: string; analytics: string };
  /** Nothing of the cluster may be changed, not even commits. */
  readOnly?: boolean;
};

/** The cluster behind the address, as last seen. `since` is when it got into this state (ms). */
export type ClusterState = {
  address: string;
  embedded: boolean;
  attached: boolean;
  note: string;
  state: 'starting' | 'up' | 'away' | 'stopped';
  since: number;
  /** Why it is away or stopped, in words. */
  reason: string;
};

/** How the start goes: since when, what is being started, and who runs the pipeline when that is another program. */
export type StartState = { at: number; what: string; isDone: boolean; holder: number | null };

/** Addresses of the HTTP doors, `http://host:port`; null where there are none. */
export type DoorsState = { orders: string; analytics: string } | null;

/** Offsets of one partition at a look. */
export type Watermarks = { low: number; high: number };

/** Our topics at the last look; rates are records a second over RATE_MS, from where their ends have been. */
export type TopicsState = {
  partitions: number;
  created: string[];
  at: number;
  /** By topic name, by partition. */
  watermarks: Record<string, Watermarks[]>;
  rates: Record<string, number>;
  ends: Record<string, EndPoint[]>;
  /** Distinct dead letters in the log. */
  deadLetters: number;
};

/** What an inventory worker counts, absolute since the birth of one incarnation. */
export type InventoryCounts = {
  reserved: number;
  failed: number;
  duplicates: number;
  deadLettered: number;
  doubts: number;
};

/** A slot and the thread in it. */
export type WorkerState = {
  slot: Slot;
  kind: WorkerKind;
  incarnation: number;
  /** How often the supervisor replaced a thread of this slot that died or hung. */
  restarts: number;
  thread: 'starting' | 'ready' | 'stopped' | 'dead';
  paused: boolean;
  /** Last thing that befell the thread, in words. */
  why: string;
  since: number;
  /** When a dead thread is to be replaced, ms; null while nobody is going to. */
  backAt: number | null;
  /** Why the cluster will not have it, where that is why it stays down. */
  refusal?: WrittenError;
  /** Last digest of this incarnation. */
  digest: Digest | null;
  /** Counts of earlier incarnations, summed; those of this one are in the digest. */
  past: InventoryCounts;
};

/** The fold of the log as analytics last told it. Stays, with its age, when the worker is gone. */
export type AnalyticsState = {
  totals: Totals | null;
  digest: string;
  partialBecause: string;
  latency: Percentiles;
  /** The last orders, newest first. */
  recent: RecentOrder[];
  at: number;
};

/** The latest load test. */
export type LoadState = {
  plan: LoadPlan | null;
  report: LoadDigest | null;
  running: boolean;
  /** It was ended before it had sent everything. */
  stopped: boolean;
};

/** Knobs as wanted, and the revision that each inventory worker applies. */
export type KnobsState = { wanted: Knobs; applied: Record<Slot, number> };

/** The replay that runs, and how the last one ended. */
export type ReplayNoun = {
  running: ReplayState | null;
  last: ReplayVerdict | null;
  lastAt: number;
};

/** A command that is being carried out. */
export type InFlight = { id: number; verb: string; text: string; since: number };

export type AuditState = { verdict: 'none' | 'clean' | 'dirty'; sentence: string; at: number };

/** Facts at the last `mark`; null before the first. */
export type MarksState = { at: number; facts: Record<string, number | string> } | null;

/** Everything the doors can read: plain JSON, by noun. Rings are bounded. */
export type State = {
  pipeline: Pipeline;
  start: StartState;
  doors: DoorsState;
  cluster: ClusterState;
  topics: TopicsState;
  /** By group id. */
  groups: Record<string, GroupLag>;
  /** Rebalances of our groups seen so far, and the last generation of each. */
  rebalances: { count: number; generations: Record<string, number> };
  workers: Record<Slot, WorkerState>;
  /** Replacements over all slots, those of removed slots included. */
  restarts: number;
  analytics: AnalyticsState;
  load: LoadState;
  knobs: KnobsState;
  replay: ReplayNoun;
  audit: AuditState;
  marks: MarksState;
  commands: Record<number, InFlight>;
  /** The last ten minutes, a moment a second. */
  history: Moment[];
  /** The last thousand events, digests and samples apart. */
  log: Event[];
};

/** The state before anything happened. */
export function initialState(pipeline: Pipeline, now: number): State {
  return {
    pipeline,
    doors: null,
    start: { at: now, what: 'starting', isDone: false, holder: null },
    cluster: { address: '', embedded: false, attached: false, note: '', state: 'starting', since: now, reason: '' },
    topics: { partitions: 0, created: [], at: 0, watermarks: {}, rates: {}, ends: {}, deadLetters: 0 },
    groups: {},
    rebalances: { count: 0, generations: {} },
    workers: {},
    restarts: 0,
    analytics: { totals: null, digest: '', partialBecause: '', latency: NO_LATENCY, recent: [], at: 0 },
    load: { plan: null, report: null, running: false, stopped: false },
    knobs: { wanted: { revision: 0, failRate: 0, throttleMs: 0 }, applied: {} },
    replay: { running: null, last: null, lastAt: 0 },
    audit: { verdict: 'none', sentence: '', at: 0 },
    marks: null,
    commands: {},
    history: [],
    log: [],
  };
}

/** Percentiles of nothing. */
export const NO_LATENCY: Percentiles = { count: 0, p50: 0, p99: 0, p999: 0, max: 0 };
