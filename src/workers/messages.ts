import type { WrittenError } from '../errors.ts';
import type { Connection } from '../kafka/client.ts';
import type { Totals } from '../orders/totals.ts';

/** Everything that crosses the thread wall, and nothing else. Plain data: it is structured-cloned. */

export type WorkerKind = 'inventory' | 'analytics' | 'load';

/** A place for a worker that survives the worker: `inventory/1`. */
export type Slot = `${WorkerKind}/${number}`;

/** Names of the pipeline's topics on this cluster, prefix included. */
export type TopicNames = { orders: string; inventoryEvents: string; deadLetters: string };

/** What can be turned while it runs. `revision` counts the turns, so that a worker can say which one it applies. */
export type Knobs = { revision: number; failRate: number; throttleMs: number };

/** What a thread is born with (`workerData`). */
export type Birth = {
  slot: Slot;
  /** Counts the threads this slot has had, from 1. */
  incarnation: number;
  connection: Connection;
  topics: TopicNames;
  partitions: number;
  groupId: string;
  knobs: Knobs;
  /** Born paused: a replacement of a paused worker stays paused. */
  paused: boolean;
  /** Folder of this pipeline's state files (cluster, topics and group already in its name). */
  stateDir: string;
  /** Reads both topics outside every group and writes nothing: the worker of a second console. */
  watchOnly: boolean;
  /** Lets whoever draws a screen go first when the machine is busy. */
  yields?: boolean;
  /** Run of the latest load test: analytics tells its orders from others and measures them. Absent before the first. */
  run?: string;
};

export type LoadShape = 'steady' | 'ramp' | 'spike' | 'lunch';

/** A load test as asked for. Fractions are exact shares of the records sent. */
export type LoadPlan = {
  /** Part of every order id of this run; unique per run unless ids are reused. */
  run: string;
  /** Records to send; absent when only the duration bounds it. */
  count?: number;
  durationMs?: number;
  /** Records a second; `max` is a closed loop: as fast as acknowledgements allow. */
  rate: number | 'max';
  shape: LoadShape;
  duplicates: number;
  malformed: number;
  /** Share of records that go to one hot partition. */
  hot: number;
};

/** What the main thread asks; each is answered with `answer` or `refusal` of the same id. */
export type Question =
  | { type: 'flush' }
  | { type: 'preview-replay'; from: ReplayFrom }
  | { type: 'start-replay'; from: ReplayFrom }
  | { type: 'settle-replay'; how: 'cancel' | 'accept' | 'undo' }
  | { type: 'measure-load'; run: string };

export type ToWorker =
  | { type: 'apply-knobs'; knobs: Knobs }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'hang'; forMs: number }
  | { type: 'stop' }
  | { type: 'start-load'; plan: LoadPlan }
  | { type: 'stop-load' }
  | { type: 'ask'; id: number; question: Question };

/** Where a replay begins: the log's start, given offsets, or an instant (ms since the epoch). */
export type ReplayFrom =
  | { type: 'beginning' }
  | { type: 'offsets'; offsets: PartitionOffset[] }
  | { type: 'time'; at: number };

export type PartitionOffset = { topic: string; partition: number; offset: number };

/** A stretch of one partition that a replay reads: [from, to). `removed` records before it are gone by retention. */
export type ReplayRange = { topic: string; partition: number; from: number; to: number; removed: number };

/** What a replay would do. `full` replays from the beginning compare and swap; others only report their window. */
export type ReplayPreview = { full: boolean; ranges: ReplayRange[]; records: number; etaMs: number };

/** How a replay ended. */
export type ReplayVerdict =
  | { type: 'identical'; records: number; forMs: number; digest: string; removed: number }
  | {
      type: 'different';
      records: number;
      forMs: number;
      /** One sentence that names counter, partition and offset. */
      sentence: string;
      counter: string;
      topic: string;
      partition: number;
      from: number;
      to: number;
      held: string;
      replayed: string;
    }
  | { type: 'window'; records: number; forMs: number; totals: Totals };

export type ReplayState = {
  phase: 'rewinding' | 'folding' | 'differs';
  ranges: ReplayRange[];
  /** Records folded into the second state so far, of `records`. */
  folded: number;
  records: number;
  held: Totals;
  replayed: Totals;
};

/** Milliseconds, of `count` measurements; all 0 when there are none. */
export type Percentiles = { count: number; p50: number; p99: number; p999: number; max: number };

/**
 * Measurements since the birth of a thread, by how long they took: `counts[i]` took at most `boundsMs[i]`, the last count
 * is all of them. Nothing in it ever goes down.
 */
export type Histogram = { boundsMs: readonly number[]; counts: number[]; sumMs: number };

/** One partition as its worker sees it. Offsets are next offsets. */
export type PartitionView = {
  topic: string;
  partition: number;
  state: 'restoring' | 'running' | 'halted';
  /** Why it halted, or how far restoring is, in words; empty when it runs. */
  reason: string;
  /** First offset that is folded (analytics); -1 where there is none, and for inventory, which counts nothing. */
  first: number;
  /** Next offset whose effect is not yet acknowledged (inventory) or folded (analytics). */
  position: number;
  /** Last offset this member committed, or -1. */
  committed: number;
  /** High watermark last seen by this member, or -1. */
  end: number;
  /** Timestamp (ms) of the first unprocessed record when known, else 0: seconds behind come from it. */
  waitingSince: number;
};

type DigestHead = {
  slot: Slot;
  incarnation: number;
  /** Wall clock, ms. */
  at: number;
  state: 'starting' | 'joining' | 'running' | 'paused' | 'blocked' | 'stopping';
  /** Says what it waits for, in words; empty when nothing. */
  waitsFor: string;
  memberId: string;
  generation: number;
  heapBytes: number;
  partitions: PartitionView[];
};

/** What the log says of an order by now; `duplicate` and `malformed` records never get an outcome. */
export type OrderStanding = 'waiting' | 'reserved' | 'failed' | 'duplicate' | 'malformed';

/** One of the last records of `orders` that were folded. */
export type RecentOrder = {
  /** The record's key where the value names no order. */
  orderId: string;
  partition: number;
  offset: number;
  /** The record's timestamp, ms. */
  placedAt: number;
  state: OrderStanding;
  /** From the order's timestamp to its outcome's; null while there is none, or where it was folded before the order. */
  latencyMs: number | null;
  /** Placed by the load test that is being measured: one of a sample. */
  ofLoad: boolean;
};

/** Absolute values of one inventory worker since its birth. */
export type InventoryDigest = DigestHead & {
  kind: 'inventory';
  /** Revision of the knobs that this worker applies to the next order. */
  appliedRevision: number;
  reserved: number;
  failed: number;
  duplicates: number;
  deadLettered: number;
  /** Sends in doubt since birth. */
  doubts: number;
};

/** What analytics says: the fold of the whole log up to its positions. */
export type AnalyticsDigest = DigestHead & {
  kind: 'analytics';
  totals: Totals;
  /** Short hex over counters, last offsets and hashes. */
  digest: string;
  /** Name of the other member when it holds some partitions: the totals are partial. */
  partialBecause: string;
  /** It reads outside every group, beside whoever is in it. */
  watchOnly: boolean;
  /** End to end, of the latest load. */
  latency: Percentiles;
  /** End to end, of all orders placed since this program began. */
  endToEnd: Histogram;
  /** The last orders folded since this thread began, newest first; sampled under load. */
  recent: RecentOrder[];
  replay: ReplayState | null;
};

export type LoadDigest = DigestHead & {
  kind: 'load';
  run: string;
  phase: 'idle' | 'running' | 'draining' | 'done';
  asked: number;
  rate: number | 'max';
  /** Acknowledged records. */
  produced: number;
  /** Distinct valid orders among them. */
  distinct: number;
  duplicates: number;
  malformed: number;
  /** Records refused for good. */
  errors: number;
  /** Records whose send was in doubt and repeated: the log may hold them twice. */
  unknown: number;
  /** Arrivals sent more than two ticks (10 ms) after their intended time (open loop). */
  late: number;
  /** Arrivals given up because the backlog limit was reached (open loop). */
  shed: number;
  elapsedMs: number;
  /** Acknowledged records a second, over the whole run. */
  achieved: number;
  /** Intended to actual send. */
  delay: Percentiles;
  /** Actual send to acknowledgement. */
  publish: Percentiles;
  /** The same of all runs of this thread. */
  published: Histogram;
};

export type Digest = InventoryDigest | AnalyticsDigest | LoadDigest;

/** Facts that are born in a thread. */
export type WorkerFact =
  | {
      type: 'group-joined';
      slot: Slot;
      memberId: string;
      generation: number;
      assigned: { topic: string; partition: number }[];
    }
  | { type: 'group-lost'; slot: Slot; reason: string }
  | {
      type: 'partition-restored';
      slot: Slot;
      partition: number;
      /** Highest source offset of any own event, or -1. */
      w: number;
      committed: number;
      start: number;
      read: number;
      forMs: number;
    }
  | {
      type: 'commit-ignored';
      slot: Slot;
      topic: string;
      partition: number;
      committed: number;
      start: number;
      reason: string;
    }
  | { type: 'partition-halted'; slot: Slot; topic: string; partition: number; reason: string }
  | { type: 'send-doubted'; slot: Slot; partition: number; reason: string }
  | { type: 'records-dead-lettered'; slot: Slot; partition: number; count: number; reason: string }
  | { type: 'knobs-applied'; slot: Slot; knobs: Knobs }
  | { type: 'worker-paused'; slot: Slot }
  | { type: 'worker-resumed'; slot: Slot }
  | { type: 'state-recomputed'; slot: Slot; topic: string; partition: number; reason: string }
  | { type: 'load-started'; slot: Slot; plan: LoadPlan }
  | { type: 'load-finished'; slot: Slot; report: LoadDigest; stopped: boolean }
  | { type: 'replay-rewound'; slot: Slot; ranges: ReplayRange[] }
  | { type: 'replay-identical'; slot: Slot; verdict: ReplayVerdict }
  | { type: 'replay-differed'; slot: Slot; verdict: ReplayVerdict }
  | { type: 'replay-reported'; slot: Slot; verdict: ReplayVerdict }
  | { type: 'replay-cancelled'; slot: Slot }
  | { type: 'replay-accepted'; slot: Slot }
  | { type: 'replay-undone'; slot: Slot }
  | { type: 'output-printed'; slot: Slot; stream: 'stdout' | 'stderr'; text: string };

/** Answers by question. */
export type Answer = null | ReplayPreview | ReplayVerdict;

export type FromWorker =
  | { type: 'ready' }
  | { type: 'fact'; fact: WorkerFact; at: number }
  | { type: 'digest'; digest: Digest }
  | { type: 'answer'; id: number; answer: Answer }
  | { type: 'refusal'; id: number; error: WrittenError }
  | { type: 'member'; memberId: string }
  | { type: 'failed'; error: WrittenError };
