import { joinFailed, syncFailed } from './answers.ts';
import { ERROR } from './error-code.ts';
import { type Group, removeMember } from './group.ts';
import type { Member } from './member.ts';

/** Takes a member out and answers what it waits for, without a word to the others. */
export function expel(group: Group, member: Member): void {
  removeMember(group, member);
  const { join, sync } = member;
  member.join = undefined;
  member.sync = undefined;
  join?.answer(joinFailed(ERROR.UNKNOWN_MEMBER_ID, member.id));
  sync?.answer(syncFailed(ERROR.UNKNOWN_MEMBER_ID));
}
