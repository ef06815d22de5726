import type { Event } from '../../../engine/event.ts';
import { joiningAs } from '../../../engine/foreign-members.ts';
import type { GroupLag } from '../../../engine/lag/group-lag.ts';
import type { State, WorkerState } from '../../../engine/state.ts';

type Member = GroupLag['members'][number];
type Slot = WorkerState['slot'];

/**
 * Who holds a partition. `ours` is the worker; `gone`: the member was a worker's that lives no longer, so the group waits
 * for nobody; `foreign`: some other program's.
 */
export type Owner = { name: string; is: 'ours' | 'gone' | 'foreign' | 'nobody'; member: Member | undefined };

const NOBODY: Owner = { name: '–', is: 'nobody', member: undefined };

const remembered = new WeakMap<readonly Event[], Map<string, Slot>>();

/** Worker by member id, as far as the log remembers joins. */
function joins(log: readonly Event[]): Map<string, Slot> {
  const known = remembered.get(log);
  if (known) return known;
  const found = new Map<string, Slot>();
  for (const event of log) if (event.type === 'group-joined') found.set(event.memberId, event.slot);
  remembered.set(log, found);
  return found;
}

/** The owner of a partition, as the coordinator says it and as we know our own. */
export function ownerOf(state: State, { members }: GroupLag, topic: string, partition: number): Owner {
  const member = members.find(({ assignment }) =>
    assignment.some((each) => each.topic === topic && each.partitions.includes(partition)),
  );
  return member ? nameOf(state, member) : NOBODY;
}

/** Who a member is. */
export function nameOf(state: State, member: Member): Owner {
  const alive = Object.values(state.workers).find(({ digest }) => digest?.memberId === member.memberId);
  if (alive) return { name: brief(alive.slot), is: 'ours', member };
  const joined = joins(state.log).get(member.memberId);
  const slot = joined ?? joiningAs(state, member);
  if (slot === undefined) return { name: 'foreign', is: 'foreign', member };
  const { thread, digest } = state.workers[slot] ?? { thread: 'dead', digest: null };
  // A thread that has just joined has not told its member id yet.
  const isNew = joined === undefined || (thread === 'ready' && digest === null);
  return isNew ? { name: brief(slot), is: 'ours', member } : { name: `${brief(slot)} ✗`, is: 'gone', member };
}

/** `inventory/1` in five cells. */
export function brief(slot: string): string {
  return slot.replace('inventory/', 'inv/').replace('analytics/', 'ana/');
}
