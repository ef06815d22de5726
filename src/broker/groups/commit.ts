import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import { groupOf } from './coordinator.ts';
import { findMemberOf } from './fence.ts';
import type { CommittedOffset, Group } from './group.ts';
import type { CommittedPartition, OffsetCommitRequest, OffsetCommitResponse } from './messages.ts';
import { renewSession } from './session.ts';
import type { OffsetRow } from './store.ts';

/**
 * OffsetCommit: remembers where the group has got to. Stored before it is answered. Without a generation it is somebody
 * outside the group, a tool say, and allowed only while the group is empty.
 */
export function commitOffsets(coordinator: Coordinator, request: OffsetCommitRequest): OffsetCommitResponse {
  const refusal = admit(coordinator, request);
  if (refusal !== ERRORS.NONE) return answer(request, () => refusal);
  const group = groupOf(coordinator, request.groupId);
  const judge = (topic: string, partition: CommittedPartition) => judgePartition(coordinator, topic, partition);
  const rows = request.topics.flatMap(({ name, partitions }) =>
    partitions
      .filter((partition) => judge(name, partition) === ERRORS.NONE)
      .map((partition) => toRow(coordinator, request, name, partition)),
  );
  const stored = rows.length === 0 || coordinator.store.saveOffsets(group.id, rows);
  if (!stored) return answer(request, () => ERRORS.NOT_COORDINATOR);
  coordinator.reached('groups.offsets-stored');
  for (const row of rows) remember(group, row);
  return answer(request, judge);
}

/** Puts a stored offset in its place in memory. */
export function remember(group: Group, { topic, partition, committed }: OffsetRow): void {
  let partitions = group.offsets.get(topic);
  if (!partitions) {
    partitions = new Map();
    group.offsets.set(topic, partitions);
  }
  partitions.set(partition, committed);
}

function admit(coordinator: Coordinator, request: OffsetCommitRequest): number {
  const { groupId, memberId, groupInstanceId, generationId: generation } = request;
  if (groupId === '') return ERRORS.INVALID_GROUP_ID;
  const group = coordinator.groups.get(groupId);
  if (!group) return generation < 0 ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
  if (generation < 0 && group.state === 'Empty') return ERRORS.NONE;
  const member = findMemberOf(group, generation, { memberId, groupInstanceId });
  if (typeof member === 'number') return member;
  if (!member.join && !member.sync) renewSession(coordinator, group, member);
  return group.state === 'CompletingRebalance' ? ERRORS.REBALANCE_IN_PROGRESS : ERRORS.NONE;
}

function judgePartition(coordinator: Coordinator, topic: string, partition: CommittedPartition): number {
  const count = coordinator.partitionsOf(topic);
  if (count === undefined || partition.partitionIndex < 0 || partition.partitionIndex >= count) {
    return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  }
  const tooLarge = Buffer.byteLength(partition.committedMetadata ?? '') > coordinator.settings.maxMetadataBytes;
  return tooLarge ? ERRORS.OFFSET_METADATA_TOO_LARGE : ERRORS.NONE;
}

function toRow(
  { clock }: Coordinator,
  { retentionTimeMs }: OffsetCommitRequest,
  topic: string,
  partition: CommittedPartition,
): OffsetRow {
  const committedAt = clock.now();
  const committed: CommittedOffset = {
    offset: partition.committedOffset,
    leaderEpoch: partition.committedLeaderEpoch,
    metadata: partition.committedMetadata ?? '',
    committedAt,
    ...(retentionTimeMs >= 0 ? { expiresAt: committedAt + retentionTimeMs } : {}),
  };
  return { topic, partition: partition.partitionIndex, committed };
}

function answer(
  { topics }: OffsetCommitRequest,
  errorCodeOf: (topic: string, partition: CommittedPartition) => number,
): OffsetCommitResponse {
  return {
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((partition) => ({
        partitionIndex: partition.partitionIndex,
        errorCode: errorCodeOf(name, partition),
      })),
    })),
  };
}
