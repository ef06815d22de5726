import type { Slot, WorkerKind } from '../workers/messages.ts';
import type { GroupLag } from './lag/group-lag.ts';
import type { State } from './state.ts';

type Member = GroupLag['members'][number];

/** Ids under which workers of this program are or were members of groups, as far as the log of events remembers. */
export function ownMemberIds({ workers, log }: State): ReadonlySet<string> {
  const ids = new Set<string>(Object.values(workers).map(({ digest }) => digest?.memberId ?? ''));
  for (const event of log) if (event.type === 'group-joined') ids.add(event.memberId);
  return ids;
}

/**
 * The slot of ours that may be this member: it is on its way into its group, and has not yet told under which id. Its
 * client id then says who it is; another program of ours has the same ones, so that counts for no longer.
 */
export function joiningAs(
  { workers }: Pick<State, 'workers'>,
  { clientId }: Pick<Member, 'clientId'>,
): Slot | undefined {
  const found = Object.values(workers).find(
    ({ slot, thread, digest }) =>
      (thread === 'ready' || thread === 'starting') &&
      (digest === null || digest.state === 'starting' || digest.state === 'joining') &&
      clientId.endsWith(`-${slot.replace('/', '-')}`),
  );
  return found?.slot;
}

/** Members of a kind's group, as last seen, that belong to other programs. */
export function foreignMembers(state: State, kind: WorkerKind): Member[] {
  if (kind === 'load') return [];
  const ours = ownMemberIds(state);
  const members = state.groups[state.pipeline.groups[kind]]?.members ?? [];
  return members.filter((member) => !ours.has(member.memberId) && joiningAs(state, member) === undefined);
}
