import { CODE, check, faultOf } from '../errors.ts';
import { call } from '../wire/call.ts';
import { coordinatorOf, partitionsOf } from '../wire/find.ts';
import { type Cluster, createRoundRobin, decodeAssignment } from '../wire/kafkajs.ts';
import { fetchCommitted } from './committed.ts';
import type { AssignedPartition } from './listener.ts';

/** How a member presents itself to its group; times in milliseconds. */
export type MemberSettings = {
  groupId: string;
  topics: string[];
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
};

/** How many partitions each topic had when they were divided; only the member that divides knows. */
export type PartitionCounts = ReadonlyMap<string, number>;

/** A membership in one generation of the group. */
export type Joined = {
  memberId: string;
  generation: number;
  partitions: AssignedPartition[];
  divided: PartitionCounts | undefined;
};

type JoinAnswer = {
  errorCode: number;
  generationId: number;
  leaderId: string;
  memberId: string;
  members: { memberId: string; memberMetadata: Buffer }[];
};

const MEMBER_ID_REQUIRED = 79;

/** Counts the topics' partitions anew: whoever divides them must know of new ones. */
async function countPartitions(cluster: Cluster, topics: readonly string[]): Promise<Map<string, number>> {
  await cluster.brokerPool.refreshMetadata([...topics]);
  const counts = new Map<string, number>();
  for (const topic of topics) counts.set(topic, (await partitionsOf(cluster, topic)).length);
  return counts;
}

/** Whether a topic has got more partitions since they were divided: then the group must divide them again. */
export async function hasGrown(cluster: Cluster, divided: PartitionCounts): Promise<boolean> {
  const counts = await countPartitions(cluster, [...divided.keys()]);
  return [...counts].some(([topic, count]) => count !== divided.get(topic));
}

function createAssignor(counts: PartitionCounts) {
  const findTopicPartitionMetadata = (topic: string) =>
    Array.from({ length: counts.get(topic) ?? 0 }, (_, partitionId) => ({ partitionId }));
  return createRoundRobin({ cluster: { findTopicPartitionMetadata } });
}

function joinRequest(settings: MemberSettings, memberId: string): object {
  const assignor = createAssignor(new Map());
  return {
    groupId: settings.groupId,
    sessionTimeout: settings.sessionTimeoutMs,
    rebalanceTimeout: settings.rebalanceTimeoutMs,
    memberId,
    protocolType: 'consumer',
    groupProtocols: [assignor.protocol({ topics: settings.topics })],
  };
}

/**
 * Joins and synchronises once. `onMemberId` hears the id as soon as the coordinator gives one, so that it can be left
 * for even when the rest never comes. Rejects with a fault of the protocol (REBALANCE_IN_PROGRESS, …).
 */
export async function join(
  cluster: Cluster,
  settings: MemberSettings,
  memberId: string,
  onMemberId: (memberId: string) => void,
): Promise<Joined> {
  const { groupId, topics } = settings;
  const coordinator = await coordinatorOf(cluster, groupId, 'JoinGroup');
  const ask = (id: string) => call<JoinAnswer>(coordinator, 'JoinGroup', joinRequest(settings, id));
  let joined = await ask(memberId);
  if (joined.errorCode === MEMBER_ID_REQUIRED) {
    onMemberId(joined.memberId);
    joined = await ask(joined.memberId);
  }
  check(joined.errorCode, `joining group ${groupId}`, { api: 'JoinGroup', group: groupId });
  onMemberId(joined.memberId);

  const { generationId, leaderId } = joined;
  const { members } = joined;
  const divided = leaderId === joined.memberId ? await countPartitions(cluster, topics) : undefined;
  const groupAssignment = divided ? await createAssignor(divided).assign({ members, topics }) : [];
  const membership = { groupId, generationId, memberId: joined.memberId };
  type SyncAnswer = { errorCode: number; memberAssignment: Buffer };
  const synced = await call<SyncAnswer>(coordinator, 'SyncGroup', { ...membership, groupAssignment });
  check(synced.errorCode, `synchronising with group ${groupId}`, { api: 'SyncGroup', group: groupId });
  const partitions = await withCommitted(cluster, groupId, decodeAssignment(synced.memberAssignment));
  return { memberId: joined.memberId, generation: generationId, partitions, divided };
}

async function withCommitted(cluster: Cluster, groupId: string, assignment: Record<string, number[]>) {
  const partitions: AssignedPartition[] = [];
  for (const [topic, ids] of Object.entries(assignment)) {
    const committed = await fetchCommitted(cluster, groupId, topic, ids);
    for (const partition of [...ids].sort((a, b) => a - b)) {
      const known = committed.get(partition);
      partitions.push({ topic, partition, ...(known ? { committed: known } : {}) });
    }
  }
  return partitions;
}

/** One heartbeat; rejects with REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID or ILLEGAL_GENERATION when that is over. */
export async function beat(cluster: Cluster, groupId: string, member: { memberId: string; generation: number }) {
  const coordinator = await coordinatorOf(cluster, groupId, 'Heartbeat');
  const { memberId, generation } = member;
  const request = { groupId, memberId, groupGenerationId: generation };
  const { errorCode } = await call<{ errorCode: number }>(coordinator, 'Heartbeat', request);
  check(errorCode, `heartbeat to group ${groupId}`, { api: 'Heartbeat', group: groupId });
}

/** Why a membership has ended, if that is what the fault says. */
export function endOfMembership(thrown: unknown): 'rebalance' | 'expelled' | undefined {
  const code = faultOf(thrown)?.code;
  if (code === CODE.REBALANCE_IN_PROGRESS || code === CODE.ILLEGAL_GENERATION) return 'rebalance';
  return code === CODE.UNKNOWN_MEMBER_ID ? 'expelled' : undefined;
}

/** Takes members out of a group; one that is no longer there counts as gone. */
export async function leave(cluster: Cluster, groupId: string, memberId: string): Promise<void> {
  const coordinator = await coordinatorOf(cluster, groupId, 'LeaveGroup');
  type Answer = { errorCode: number; members?: { errorCode: number }[] };
  const answer = await call<Answer>(coordinator, 'LeaveGroup', { groupId, memberId });
  const about = { api: 'LeaveGroup', group: groupId } as const;
  for (const code of [answer.errorCode, ...(answer.members ?? []).map((member) => member.errorCode)]) {
    if (code !== CODE.UNKNOWN_MEMBER_ID) check(code, `leaving group ${groupId}`, about);
  }
}
