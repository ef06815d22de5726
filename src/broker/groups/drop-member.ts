import type { Coordinator } from './coordinator.ts';
import { expel } from './expel.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';
import { completeJoinIfAll, prepareRebalance } from './rebalance.ts';

/** Takes a member out, answers what it waits for, and has the others share out its partitions. */
export function dropMember(coordinator: Coordinator, group: Group, member: Member, why: string): void {
  expel(group, member);
  if (group.state === 'PreparingRebalance') {
    coordinator.log('info', `group ${group.id}: member ${member.id} ${why}`);
    completeJoinIfAll(coordinator, group);
  } else prepareRebalance(coordinator, group, `member ${member.id} ${why}`);
}

/** Forgets a member id that was given out but never joined with. */
export function dropPending(coordinator: Coordinator, group: Group, memberId: string): void {
  group.pending.get(memberId)?.();
  group.pending.delete(memberId);
  if (group.state === 'PreparingRebalance') completeJoinIfAll(coordinator, group);
}
