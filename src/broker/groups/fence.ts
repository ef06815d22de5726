import { ERRORS } from '../protocol/errors.ts';
import type { Group } from './group.ts';
import type { Member } from './member.ts';

type Claim = { memberId: string; groupInstanceId: string | null };

/** The member that a request speaks for, or the error code that keeps it out: 82 for a replaced static member, 25 for a stranger. */
export function findMember(group: Group, { memberId, groupInstanceId }: Claim): Member | number {
  if (groupInstanceId !== null) {
    const current = group.statics.get(groupInstanceId);
    if (current === undefined) return ERRORS.UNKNOWN_MEMBER_ID;
    if (current !== memberId) return ERRORS.FENCED_INSTANCE_ID;
  }
  return group.members.get(memberId) ?? ERRORS.UNKNOWN_MEMBER_ID;
}

/** As `findMember`, for requests that belong to a generation: 22 for another one. */
export function findMemberOf(group: Group, generation: number, claim: Claim): Member | number {
  const member = findMember(group, claim);
  if (typeof member === 'number') return member;
  return generation === group.generation ? member : ERRORS.ILLEGAL_GENERATION;
}
