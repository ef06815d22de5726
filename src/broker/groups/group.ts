import type { Member } from './member.ts';

/** States of a classic group, in Kafka's spelling. */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/** One committed offset. `expiresAt` only when the commit itself asked for a retention. */
export type CommittedOffset = {
  offset: number;
  leaderEpoch: number;
  metadata: string;
  committedAt: number;
  expiresAt?: number;
};

/** Consumers sharing a subscription, and what they have remembered. */
export type Group = {
  readonly id: string;
  state: GroupState;
  /** When it entered its state; the retention of an empty group's offsets counts from here (KIP-211). */
  since: number;
  /** 0 before the first rebalance. */
  generation: number;
  protocolType: string | null;
  protocolName: string | null;
  /** Member id of the group leader. */
  leader: string | null;
  readonly members: Map<string, Member>;
  /** Instance id → member id of static members (KIP-345). */
  readonly statics: Map<string, string>;
  /** Member ids given out but not yet joined with (KIP-394), each with the cancel of its own session. */
  readonly pending: Map<string, () => void>;
  /** Who has not synced in this generation yet. */
  readonly unsynced: Set<string>;
  /** The first rebalance waits for more members. */
  gathering: boolean;
  /** A member arrived meanwhile: it waits a little longer. */
  newcomer: boolean;
  cancelJoinPhase: (() => void) | undefined;
  cancelSyncPhase: (() => void) | undefined;
  /** Topic → partition → offset. */
  readonly offsets: Map<string, Map<number, CommittedOffset>>;
};

/** A group nobody has joined yet. */
export function createGroup(id: string, at: number): Group {
  return {
    id,
    state: 'Empty',
    since: at,
    generation: 0,
    protocolType: null,
    protocolName: null,
    leader: null,
    members: new Map(),
    statics: new Map(),
    pending: new Map(),
    unsynced: new Set(),
    gathering: false,
    newcomer: false,
    cancelJoinPhase: undefined,
    cancelSyncPhase: undefined,
    offsets: new Map(),
  };
}

/** Adds a member; the first one leads. */
export function addMember(group: Group, member: Member): void {
  group.members.set(member.id, member);
  if (member.instanceId !== null) group.statics.set(member.instanceId, member.id);
  group.leader ??= member.id;
}

/** Takes a member out. If it led, the rebalance that follows finds another leader. */
export function removeMember(group: Group, member: Member): void {
  member.cancelSession?.();
  group.members.delete(member.id);
  group.unsynced.delete(member.id);
  if (member.instanceId !== null && group.statics.get(member.instanceId) === member.id) {
    group.statics.delete(member.instanceId);
  }
}

/** How long a rebalance waits for the slowest member, in ms. */
export function rebalanceTimeoutOf(group: Group): number {
  let longest = 0;
  for (const member of group.members.values()) longest = Math.max(longest, member.rebalanceTimeoutMs);
  return longest;
}
