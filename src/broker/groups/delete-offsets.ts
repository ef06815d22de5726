import { ERRORS } from '../protocol/errors.ts';
import type { Coordinator } from './coordinator.ts';
import type { Group } from './group.ts';
import type { OffsetDeleteRequest, OffsetDeleteResponse } from './messages.ts';
import { subscribedTopics } from './subscription.ts';

/** OffsetDelete: forgets committed offsets, except of topics that the group is reading. Source: KIP-496. */
export function deleteOffsets(coordinator: Coordinator, request: OffsetDeleteRequest): OffsetDeleteResponse {
  const group = coordinator.groups.get(request.groupId);
  const refusal = refuse(request.groupId, group);
  if (!group || refusal !== ERRORS.NONE) return { errorCode: refusal, throttleTimeMs: 0, topics: [] };
  const reading = group.members.size > 0 ? subscribedTopics(group) : undefined;
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({
      partitionIndex,
      errorCode: judge(coordinator, reading, name, partitionIndex),
    })),
  }));
  const doomed = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ errorCode }) => errorCode === ERRORS.NONE)
      .map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  const done = forgetOffsets(coordinator, group, doomed);
  return { errorCode: done ? ERRORS.NONE : ERRORS.NOT_COORDINATOR, throttleTimeMs: 0, topics: done ? topics : [] };
}

/** Forgets these offsets of a group, on disk first; says whether that went well. */
export function forgetOffsets(
  { store }: Coordinator,
  group: Group,
  doomed: readonly { topic: string; partition: number }[],
): boolean {
  const held = doomed.filter(({ topic, partition }) => group.offsets.get(topic)?.has(partition));
  if (held.length > 0 && !store.dropOffsets(group.id, held)) return false;
  for (const { topic, partition } of held) {
    const partitions = group.offsets.get(topic);
    partitions?.delete(partition);
    if (partitions?.size === 0) group.offsets.delete(topic);
  }
  return true;
}

function refuse(groupId: string, group: Group | undefined): number {
  if (groupId === '') return ERRORS.INVALID_GROUP_ID;
  if (!group) return ERRORS.GROUP_ID_NOT_FOUND;
  return group.members.size > 0 && subscribedTopics(group) === undefined ? ERRORS.NON_EMPTY_GROUP : ERRORS.NONE;
}

function judge(
  coordinator: Coordinator,
  reading: ReadonlySet<string> | undefined,
  topic: string,
  partition: number,
): number {
  if (partition >= (coordinator.partitionsOf(topic) ?? 0)) return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  return reading?.has(topic) ? ERRORS.GROUP_SUBSCRIBED_TO_TOPIC : ERRORS.NONE;
}
