import type { RequestContext } from '../api.ts';
import { ERRORS } from '../protocol/errors.ts';
import { joinFailed } from './answers.ts';
import type { Coordinator } from './coordinator.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';
import type { JoinGroupResponse } from './messages.ts';
import { park } from './parked.ts';
import { completeJoinIfAll, prepareRebalance } from './rebalance.ts';
import { renewSession, suspendSession } from './session.ts';

/**
 * Parks the member's answer until the group has agreed on a generation, and has it do so. If the connection goes
 * meanwhile, the member has one session to come back.
 */
export function parkJoin(
  coordinator: Coordinator,
  group: Group,
  member: Member,
  context: RequestContext,
): Promise<JoinGroupResponse | undefined> {
  const { parked, answered } = park<JoinGroupResponse>(context.connection, () => {
    if (member.join !== parked) return;
    member.join = undefined;
    renewSession(coordinator, group, member);
  });
  const { join: earlier } = member;
  member.join = parked;
  earlier?.answer(joinFailed(ERRORS.REBALANCE_IN_PROGRESS, member.id));
  suspendSession(member);
  prepareRebalance(coordinator, group, `member ${member.id} joins`);
  if (group.state === 'PreparingRebalance') completeJoinIfAll(coordinator, group);
  return answered;
}
