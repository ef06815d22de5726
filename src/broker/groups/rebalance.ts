import { ERRORS } from '../protocol/errors.ts';
import { joined, syncFailed } from './answers.ts';
import { type Coordinator, enter } from './coordinator.ts';
import { expel } from './expel.ts';
import { gather } from './gather.ts';
import { type Group, rebalanceTimeoutOf } from './group.ts';
import { chooseProtocol } from './protocol-choice.ts';
import { renewSession } from './session.ts';

/** Has all members join again. Does nothing while they already do. */
export function prepareRebalance(coordinator: Coordinator, group: Group, why: string): void {
  if (group.state === 'PreparingRebalance' || group.state === 'Dead') return;
  coordinator.log('info', `group ${group.id}: rebalance of generation ${group.generation}: ${why}`);
  answerParkedSyncs(coordinator, group, ERRORS.REBALANCE_IN_PROGRESS);
  group.cancelSyncPhase?.();
  group.cancelSyncPhase = undefined;
  const first = group.state === 'Empty';
  enter(coordinator, group, 'PreparingRebalance');
  if (first) gather(coordinator, group, () => completeJoin(coordinator, group));
  else if (!completeJoinIfAll(coordinator, group)) waitForRejoins(coordinator, group);
}

/** Ends the join phase if every member has rejoined and none is pending; says whether it did. */
export function completeJoinIfAll(coordinator: Coordinator, group: Group): boolean {
  if (group.gathering || group.pending.size > 0) return false;
  for (const { join } of group.members.values()) if (!join) return false;
  completeJoin(coordinator, group);
  return true;
}

/** Ends the join phase with those who are here. */
function completeJoin(coordinator: Coordinator, group: Group): void {
  group.cancelJoinPhase?.();
  group.cancelJoinPhase = undefined;
  dropAbsent(coordinator, group);
  if (group.members.size > 0 && !electLeader(group)) {
    waitForRejoins(coordinator, group);
    return;
  }
  group.generation += 1;
  if (group.members.size === 0) becomeEmpty(coordinator, group);
  else openGeneration(coordinator, group);
}

function openGeneration(coordinator: Coordinator, group: Group): void {
  group.protocolName = chooseProtocol(group);
  enter(coordinator, group, 'CompletingRebalance');
  group.unsynced.clear();
  for (const member of group.members.values()) {
    group.unsynced.add(member.id);
    member.join?.answer(joined(group, member));
    member.join = undefined;
    renewSession(coordinator, group, member);
  }
  group.cancelSyncPhase = coordinator.clock.setTimer(rebalanceTimeoutOf(group), () => dropUnsynced(coordinator, group));
}

/** Static members keep their place until their session ends; the others lose it by not rejoining. */
function dropAbsent(coordinator: Coordinator, group: Group): void {
  const absent = [...group.members.values()].filter(({ join, instanceId }) => !join && instanceId === null);
  for (const member of absent) {
    coordinator.log('info', `group ${group.id}: member ${member.id} did not rejoin in time`);
    expel(group, member);
  }
}

/** Whether somebody is here to lead; the first who is takes over from a leader who is not. */
function electLeader(group: Group): boolean {
  if (group.leader !== null && group.members.get(group.leader)?.join) return true;
  const heir = [...group.members.values()].find(({ join }) => join);
  if (heir) group.leader = heir.id;
  return heir !== undefined;
}

function becomeEmpty(coordinator: Coordinator, group: Group): void {
  group.protocolName = null;
  group.leader = null;
  enter(coordinator, group, 'Empty');
  coordinator.log('info', `group ${group.id}: empty since generation ${group.generation}`);
  coordinator.store.saveGroup(group);
}

function waitForRejoins(coordinator: Coordinator, group: Group): void {
  group.cancelJoinPhase?.();
  group.cancelJoinPhase = coordinator.clock.setTimer(rebalanceTimeoutOf(group), () => completeJoin(coordinator, group));
}

/** Members that joined but never ask for their share hold partitions that nobody reads. */
function dropUnsynced(coordinator: Coordinator, group: Group): void {
  group.cancelSyncPhase = undefined;
  const late = [...group.unsynced];
  for (const id of late) {
    const member = group.members.get(id);
    if (member) expel(group, member);
  }
  prepareRebalance(coordinator, group, `no sync in time from ${late.join(', ')}`);
}

/** Answers everybody who waits for the leader's assignment with an error, and forgets what was assigned. */
export function answerParkedSyncs(coordinator: Coordinator, group: Group, errorCode: number): void {
  if (group.state !== 'CompletingRebalance') return;
  for (const member of group.members.values()) {
    member.assignment = Buffer.alloc(0);
    if (!member.sync) continue;
    const { sync } = member;
    member.sync = undefined;
    sync.answer(syncFailed(errorCode));
    renewSession(coordinator, group, member);
  }
}
