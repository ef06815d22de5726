import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import type { CommittedOffset, Group } from './group.ts';
import type { OffsetFetchRequest, OffsetFetchResponse, WantedTopic } from './messages.ts';

/** OffsetFetch: what a group has committed; -1 where it has not, all there is if no topics are named. */
export function fetchOffsets({ groups }: Coordinator, request: OffsetFetchRequest): OffsetFetchResponse {
  const group = groups.get(request.groupId);
  const topics = (request.topics ?? everything(group)).map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((index) => toPartition(index, group?.offsets.get(name)?.get(index))),
  }));
  return { throttleTimeMs: 0, topics, errorCode: ERRORS.NONE };
}

function everything(group: Group | undefined): WantedTopic[] {
  return [...(group?.offsets ?? [])].map(([name, partitions]) => ({ name, partitionIndexes: [...partitions.keys()] }));
}

function toPartition(partitionIndex: number, committed: CommittedOffset | undefined) {
  return {
    partitionIndex,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? '',
    errorCode: ERRORS.NONE,
  };
}
