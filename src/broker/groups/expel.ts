import { ERRORS } from '../protocol/errors.ts';
import { joinFailed, syncFailed } from './answers.ts';
import { type Group, removeMember } from './group.ts';
import type { Member } from './member.ts';

/** Takes a member out and answers what it waits for, without a word to the others. */
export function expel(group: Group, member: Member): void {
  removeMember(group, member);
  const { join, sync } = member;
  member.join = undefined;
  member.sync = undefined;
  join?.answer(joinFailed(ERRORS.UNKNOWN_MEMBER_ID, member.id));
  sync?.answer(syncFailed(ERRORS.UNKNOWN_MEMBER_ID));
}
