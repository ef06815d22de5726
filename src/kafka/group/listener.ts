import type { Fault } from '../errors.ts';
import type { ConsumedRecord } from '../record.ts';
import type { TopicPartition } from '../wire/find.ts';

/** What a group has remembered for a partition; -1 never appears here. */
export type Committed = { offset: number; metadata: string };

/** A partition of this member, with what the group had committed for it when it was assigned. */
export type AssignedPartition = TopicPartition & { committed?: Committed };

/** One generation's share of the partitions. */
export type Assignment = { memberId: string; generation: number; partitions: AssignedPartition[] };

/**
 * Records of one partition in the order of the log. `expected` is the offset that was asked for: a first offset other
 * than that means a gap (retention, compaction, control records) or a jump. `highWatermark` is the end of the partition.
 */
export type FetchedBatch = TopicPartition & {
  records: ConsumedRecord[];
  firstOffset: number;
  expected: number;
  highWatermark: number;
};

/** A position that the partition does not hold, and where reading goes on unless the listener seeks or pauses. */
export type Jump = TopicPartition & { from: number; to: number; low: number; high: number };

/** Why partitions are no longer ours: the group divides anew, or it has dropped this member. */
export type LostReason = 'rebalance' | 'expelled';

/** What a consumer tells. All of it is called synchronously: nothing waits in here. What throws ends the consumer. */
export type GroupListener = {
  /** Before the first fetch of a generation: seek and pause are safe here. */
  assigned(assignment: Assignment): void;
  lost(reason: LostReason): void;
  /** The coordinator has confirmed the membership. */
  heartbeat(beat: { generation: number }): void;
  batch(batch: FetchedBatch): void;
  /** The consumer has ended for good, by a refusal of the cluster or an error of the listener. */
  crashed(error: unknown): void;
  jumped?(jump: Jump): void;
  /** Something did not work and is being tried again, such as a broker that is away. */
  trouble?(fault: Fault): void;
};
