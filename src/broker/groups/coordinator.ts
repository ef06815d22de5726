import type { Clock, Log, Reached } from '../api.ts';
import { createGroup, type Group, type GroupState } from './group.ts';
import type { Member } from './member.ts';
import type { GroupStore } from './store.ts';

/** Kafka's group settings, under names of ours; times in ms. */
export type GroupSettings = {
  minSessionTimeoutMs: number;
  maxSessionTimeoutMs: number;
  /** How long a first rebalance waits for more members. Kafka waits 3 s; somebody sits in front of this one. */
  initialRebalanceDelayMs: number;
  maxMembers: number;
  offsetRetentionMs: number;
  retentionCheckMs: number;
  /** In bytes of UTF-8. */
  maxMetadataBytes: number;
};

/** What a group gets unless a test says otherwise. */
export const GROUP_SETTINGS: GroupSettings = {
  minSessionTimeoutMs: 6_000,
  maxSessionTimeoutMs: 1_800_000,
  initialRebalanceDelayMs: 150,
  maxMembers: 1_000,
  offsetRetentionMs: 7 * 24 * 3_600_000,
  retentionCheckMs: 600_000,
  maxMetadataBytes: 4_096,
};

/** What every verb of the coordinator works on. */
export type Coordinator = {
  readonly groups: Map<string, Group>;
  readonly store: GroupStore;
  readonly settings: GroupSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly reached: Reached;
  /** A fresh unique word for a member id. */
  newId(): string;
  partitionsOf(topic: string): number | undefined;
  /** What follows when a member was silent for its whole session. */
  sessionEnded(group: Group, member: Member): void;
};

/** The group, made if it is not there. */
export function groupOf(coordinator: Coordinator, groupId: string): Group {
  let group = coordinator.groups.get(groupId);
  if (!group) {
    group = createGroup(groupId, coordinator.clock.now());
    coordinator.groups.set(groupId, group);
  }
  return group;
}

/** Moves a group to its next state and remembers when. */
export function enter(coordinator: Coordinator, group: Group, state: GroupState): void {
  group.state = state;
  group.since = coordinator.clock.now();
}
