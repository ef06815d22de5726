import type { Connection, LogSink } from './client.ts';
import { check } from './errors.ts';
import { commitOffsets, fetchAllCommitted, fetchCommitted, type OffsetToCommit } from './group/committed.ts';
import type { Committed } from './group/listener.ts';
import { leave } from './group/membership.ts';
import { call } from './wire/call.ts';
import { coordinatorOf } from './wire/find.ts';
import { type Cluster, decodeAssignment } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';

/** A member as its coordinator sees it. */
export type GroupMember = {
  memberId: string;
  clientId: string;
  clientHost: string;
  assignment: { topic: string; partitions: number[] }[];
};

/**
 * A group as its coordinator sees it: `state` is Empty, PreparingRebalance, CompletingRebalance, Stable or Dead (as an
 * unknown group is too), `protocol` the way partitions are divided.
 */
export type GroupDescription = { groupId: string; state: string; protocol: string; members: GroupMember[] };

/** Looks at groups and changes them from outside. Every call ends within the deadline (5 s). */
export type Groups = {
  /** What the group has committed, for the partitions where it has. */
  offsets(groupId: string, topic: string, partitions: readonly number[]): Promise<Map<number, Committed>>;
  /** Everything that the group has committed, whatever the topic, in order; nothing for an unknown group. */
  allOffsets(groupId: string): Promise<OffsetToCommit[]>;
  describe(groupIds: readonly string[]): Promise<GroupDescription[]>;
  /** Ids of all groups of the cluster, in the order of the alphabet. */
  list(): Promise<string[]>;
  /** Takes a dead member out, so that nobody waits for its session to end; one that is gone already is no error. */
  leave(groupId: string, memberId: string): Promise<void>;
  /** Commits for a group without members; the cluster refuses while it has any. */
  commit(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void>;
  /** Deletes a group without members, with its offsets; one that is not there is no error. */
  delete(groupId: string): Promise<void>;
  close(): void;
};

type DescribeAnswer = {
  groups: {
    errorCode: number;
    groupId: string;
    state: string;
    protocol: string;
    members: { memberId: string; clientId: string; clientHost: string; memberAssignment: Buffer }[];
  }[];
};

async function describeOne(cluster: Cluster, groupId: string): Promise<GroupDescription> {
  const coordinator = await coordinatorOf(cluster, groupId);
  const answer = await call<DescribeAnswer>(coordinator, 'DescribeGroups', { groupIds: [groupId] });
  const group = answer.groups[0];
  if (!group || group.errorCode === GROUP_ID_NOT_FOUND) return { groupId, state: 'Dead', protocol: '', members: [] };
  check(group.errorCode, `group ${groupId}`, { api: 'DescribeGroups', group: groupId });
  const members = group.members.map(({ memberId, clientId, clientHost, memberAssignment }) => {
    const byTopic = Object.entries(decodeAssignment(memberAssignment));
    const assignment = byTopic.map(([topic, partitions]) => ({ topic, partitions: partitions.sort((a, b) => a - b) }));
    return { memberId, clientId, clientHost, assignment };
  });
  return { groupId, state: group.state, protocol: group.protocol, members };
}

const GROUP_ID_NOT_FOUND = 69;

/** Every broker knows only the groups that it coordinates, so all of them are asked. */
async function listAll(cluster: Cluster): Promise<string[]> {
  const brokers = cluster.brokerPool.metadata?.brokers ?? [];
  const lists = await Promise.all(
    brokers.map(async ({ nodeId }) => {
      type Answer = { errorCode: number; groups: { groupId: string }[] };
      const answer = await call<Answer>(await cluster.findBroker({ nodeId }), 'ListGroups', {});
      check(answer.errorCode, 'listing groups', { api: 'ListGroups' });
      return answer.groups.map(({ groupId }) => groupId);
    }),
  );
  return lists.flat().sort();
}

async function deleteOne(cluster: Cluster, groupId: string): Promise<void> {
  const coordinator = await coordinatorOf(cluster, groupId, 'DeleteGroups');
  type Answer = { results: { errorCode: number }[] };
  const answer = await call<Answer>(coordinator, 'DeleteGroups', [groupId]);
  const code = answer.results[0]?.errorCode ?? 0;
  if (code === GROUP_ID_NOT_FOUND) return;
  check(code, `deleting group ${groupId}`, { api: 'DeleteGroups', group: groupId });
}

const NO_MEMBER = { memberId: '', generation: -1 };

/** Groups of a cluster over one kept connection, which is opened by the first call and outlives the broker's absence. */
export function createGroups(connection: Connection, how: { deadlineMs?: number; log?: LogSink } = {}): Groups {
  const link = createLink(connection, how);
  return {
    offsets: (groupId, topic, partitions) =>
      link.use(`offsets of group ${groupId}`, (cluster) => fetchCommitted(cluster, groupId, topic, partitions)),
    allOffsets: (groupId) => link.use(`offsets of group ${groupId}`, (cluster) => fetchAllCommitted(cluster, groupId)),
    describe: (groupIds) =>
      link.use('describing groups', (cluster) => Promise.all(groupIds.map((each) => describeOne(cluster, each)))),
    list: () => link.use('listing groups', listAll),
    leave: (groupId, memberId) => link.use(`leaving group ${groupId}`, (cluster) => leave(cluster, groupId, memberId)),
    commit: (groupId, offsets) =>
      link.use(`committing to group ${groupId}`, (cluster) =>
        commitOffsets(cluster, { groupId, ...NO_MEMBER }, offsets),
      ),
    delete: (groupId) => link.use(`deleting group ${groupId}`, (cluster) => deleteOne(cluster, groupId)),
    close: link.close,
  };
}
