/** The group APIs' messages as the codec hands them over, up to the versions served: names and meanings are those of Kafka's message schemas. */

/** One assignor that a member offers, with what it says to the group leader. */
export type Protocol = { name: string; metadata: Buffer };

export type FindCoordinatorRequest = { key: string; keyType: number };
export type FindCoordinatorResponse = {
  throttleTimeMs: number;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
};

export type JoinGroupRequest = {
  groupId: string;
  sessionTimeoutMs: number;
  /** -1 below version 1: then the session timeout counts. */
  rebalanceTimeoutMs: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string;
  protocols: Protocol[];
};
export type JoinGroupResponse = {
  throttleTimeMs: number;
  errorCode: number;
  generationId: number;
  protocolName: string | null;
  leader: string;
  memberId: string;
  members: { memberId: string; groupInstanceId: string | null; metadata: Buffer }[];
};

export type SyncGroupRequest = {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  assignments: { memberId: string; assignment: Buffer }[];
};
export type SyncGroupResponse = {
  throttleTimeMs: number;
  errorCode: number;
  assignment: Buffer;
};

export type HeartbeatRequest = {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
};
export type HeartbeatResponse = { throttleTimeMs: number; errorCode: number };

export type LeavingMember = { memberId: string; groupInstanceId: string | null };
export type LeaveGroupRequest = { groupId: string; memberId: string; members: LeavingMember[] };
export type LeaveGroupResponse = {
  throttleTimeMs: number;
  errorCode: number;
  members: (LeavingMember & { errorCode: number })[];
};

export type CommittedPartition = {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
};
export type OffsetCommitRequest = {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  /** Asked for in versions 2–4 only; -1 leaves it to the broker. */
  retentionTimeMs: number;
  topics: { name: string; partitions: CommittedPartition[] }[];
};
export type PartitionError = { partitionIndex: number; errorCode: number };
export type OffsetCommitResponse = {
  throttleTimeMs: number;
  topics: { name: string; partitions: PartitionError[] }[];
};

export type WantedTopic = { name: string; partitionIndexes: number[] };
/** No topics named: all that the group has committed. */
export type OffsetFetchRequest = { groupId: string; topics: WantedTopic[] | null };
export type FetchedTopic = {
  name: string;
  partitions: {
    partitionIndex: number;
    committedOffset: number;
    committedLeaderEpoch: number;
    metadata: string | null;
    errorCode: number;
  }[];
};
export type OffsetFetchResponse = {
  throttleTimeMs: number;
  topics: FetchedTopic[];
  errorCode: number;
};

export type DescribeGroupsRequest = { groups: string[] };
export type DescribedGroup = {
  errorCode: number;
  groupId: string;
  groupState: string;
  protocolType: string;
  protocolData: string;
  members: {
    memberId: string;
    groupInstanceId: string | null;
    clientId: string;
    clientHost: string;
    memberMetadata: Buffer;
    memberAssignment: Buffer;
  }[];
  authorizedOperations: number;
};
export type DescribeGroupsResponse = { throttleTimeMs: number; groups: DescribedGroup[] };

export type ListGroupsResponse = {
  throttleTimeMs: number;
  errorCode: number;
  groups: { groupId: string; protocolType: string }[];
};

export type DeleteGroupsRequest = { groupsNames: string[] };
export type DeleteGroupsResponse = { throttleTimeMs: number; results: { groupId: string; errorCode: number }[] };

export type OffsetDeleteRequest = {
  groupId: string;
  topics: { name: string; partitions: { partitionIndex: number }[] }[];
};
export type OffsetDeleteResponse = {
  errorCode: number;
  throttleTimeMs: number;
  topics: { name: string; partitions: PartitionError[] }[];
};
