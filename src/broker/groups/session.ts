import type { Coordinator } from './coordinator.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';

/**
 * Begins the member's session anew, as every sign of life does. The timer is not moved: it looks at the deadline when it
 * fires, so a heartbeat costs one assignment.
 */
export function renewSession(coordinator: Coordinator, group: Group, member: Member): void {
  member.deadlineAt = coordinator.clock.now() + member.sessionTimeoutMs;
  if (!member.cancelSession) watch(coordinator, group, member);
}

/** Stops the clock of a member whose answer is parked: it cannot heartbeat meanwhile. */
export function suspendSession(member: Member): void {
  member.cancelSession?.();
  member.cancelSession = undefined;
}

/** Gives every member `byMs` more: this process was not listening for that long, so silence proves nothing. */
export function extendSessions(groups: Iterable<Group>, byMs: number): void {
  for (const group of groups) for (const member of group.members.values()) member.deadlineAt += byMs;
}

function watch(coordinator: Coordinator, group: Group, member: Member): void {
  const { clock } = coordinator;
  member.cancelSession = clock.setTimer(Math.max(0, member.deadlineAt - clock.now()), () => {
    member.cancelSession = undefined;
    // A parked answer renews the session when it is given.
    if (member.join || member.sync) return;
    if (clock.now() < member.deadlineAt) watch(coordinator, group, member);
    else coordinator.sessionEnded(group, member);
  });
}
