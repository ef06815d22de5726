import type { WorkerKind } from '../workers/messages.ts';
import type { GroupLag } from './lag/group-lag.ts';
import type { State } from './state.ts';

/** Ids under which workers of this program are or were members of groups, as far as the log of events remembers. */
export function ownMemberIds({ workers, log }: State): ReadonlySet<string> {
  const ids = new Set<string>(Object.values(workers).map(({ digest }) => digest?.memberId ?? ''));
  for (const event of log) if (event.type === 'group-joined') ids.add(event.memberId);
  return ids;
}

/** Members of a kind's group, as last seen, that belong to other programs. */
export function foreignMembers(state: State, kind: WorkerKind): GroupLag['members'] {
  if (kind === 'load') return [];
  const ours = ownMemberIds(state);
  const members = state.groups[state.pipeline.groups[kind]]?.members ?? [];
  return members.filter(({ memberId }) => !ours.has(memberId));
}
