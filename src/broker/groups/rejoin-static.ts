import type { RequestContext } from '../api.ts';
import { ERRORS } from '../protocol/errors.ts';
import { joined, joinFailed, syncFailed } from './answers.ts';
import type { Coordinator } from './coordinator.ts';
import { addMember, type Group } from './group.ts';
import { type Member, renewMember } from './member.ts';
import type { JoinGroupRequest, JoinGroupResponse } from './messages.ts';
import { parkJoin } from './park-join.ts';
import { chooseProtocol } from './protocol-choice.ts';
import { renewSession } from './session.ts';

type Return = { id: string; request: JoinGroupRequest; context: RequestContext };

/**
 * A static member is back under a new id: it takes the old one's place and share. A stable group need not rebalance for
 * that unless its assignor changes. Whoever still uses the old id is fenced off. Source: KIP-345.
 */
export function rejoinStatic(
  coordinator: Coordinator,
  group: Group,
  member: Member,
  { id, request, context }: Return,
): JoinGroupResponse | Promise<JoinGroupResponse | undefined> {
  const ledBefore = group.leader;
  fence(member);
  rename(group, member, id);
  renewMember(member, request, context);
  const settled = group.state === 'Stable' && chooseProtocol(group) === group.protocolName;
  if (!settled) return parkJoin(coordinator, group, member, context);
  coordinator.store.saveGroup(group);
  renewSession(coordinator, group, member);
  // Naming the leader before the change keeps a returning leader from assigning anew.
  return { ...joined(group, member), leader: ledBefore ?? '', members: [] };
}

function fence(member: Member): void {
  const { join, sync } = member;
  member.join = undefined;
  member.sync = undefined;
  join?.answer(joinFailed(ERRORS.FENCED_INSTANCE_ID, member.id));
  sync?.answer(syncFailed(ERRORS.FENCED_INSTANCE_ID));
}

function rename(group: Group, member: Member, id: string): void {
  const led = group.leader === member.id;
  group.members.delete(member.id);
  if (group.unsynced.delete(member.id)) group.unsynced.add(id);
  member.id = id;
  addMember(group, member);
  if (led) group.leader = id;
}
