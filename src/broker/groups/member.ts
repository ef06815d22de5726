import type { RequestContext } from '../api.ts';
import type { JoinGroupRequest, JoinGroupResponse, Protocol, SyncGroupResponse } from './messages.ts';
import type { Parked } from './parked.ts';

/** A consumer as the coordinator sees it. */
export type Member = {
  id: string;
  readonly instanceId: string | null;
  clientId: string;
  clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  /** In the member's order of preference. */
  protocols: Protocol[];
  /** What the group leader gave it in this generation. */
  assignment: Buffer;
  /** The answer it waits for, at most one of the two. */
  join: Parked<JoinGroupResponse> | undefined;
  sync: Parked<SyncGroupResponse> | undefined;
  /** When its session ends unless it is heard of before; the timer looks here when it fires. */
  deadlineAt: number;
  cancelSession: (() => void) | undefined;
};

/** A member as its first JoinGroup describes it; nobody has heard of it yet. */
export function createMember(id: string, request: JoinGroupRequest, context: RequestContext): Member {
  const member: Member = {
    id,
    instanceId: request.groupInstanceId,
    clientId: '',
    clientHost: '',
    sessionTimeoutMs: 0,
    rebalanceTimeoutMs: 0,
    protocols: [],
    assignment: Buffer.alloc(0),
    join: undefined,
    sync: undefined,
    deadlineAt: 0,
    cancelSession: undefined,
  };
  renewMember(member, request, context);
  return member;
}

/** Takes over what a later JoinGroup says. Version 0 has no rebalance timeout: the session's counts. */
export function renewMember(member: Member, request: JoinGroupRequest, context: RequestContext): void {
  member.clientId = context.clientId ?? '';
  member.clientHost = context.host;
  member.sessionTimeoutMs = request.sessionTimeoutMs;
  member.rebalanceTimeoutMs = request.rebalanceTimeoutMs < 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs;
  // The frame that the metadata was read from must not live as long as the member.
  member.protocols = request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) }));
}

/** What the group leader and the tools are told about a member under `protocol`; empty if it does not offer it. */
export function metadataOf(member: Member, protocol: string | null): Buffer {
  return member.protocols.find(({ name }) => name === protocol)?.metadata ?? Buffer.alloc(0);
}

/** Whether a rejoin says nothing new: the same protocols in the same order with the same metadata. */
export function offersSame(member: Member, protocols: readonly Protocol[]): boolean {
  return (
    member.protocols.length === protocols.length &&
    member.protocols.every(({ name, metadata }, i) => {
      const other = protocols[i];
      return other?.name === name && other.metadata.equals(metadata);
    })
  );
}
