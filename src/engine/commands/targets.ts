import { LunchrushError } from '../../errors.ts';
import type { Slot } from '../../workers/messages.ts';
import { abortable } from '../bounded.ts';
import type { Target } from '../command.ts';
import type { Result } from '../engine.ts';
import { foreignMembers } from '../foreign-members.ts';
import type { Hall } from '../hall.ts';

/** Slots that a target means; refused when there are none. */
export function slotsOf(hall: Pick<Hall, 'supervisor' | 'events'>, target: Target): Slot[] {
  const slots = hall.supervisor.slots();
  const meant = slots.filter((slot) => slot === target || slot.startsWith(`${target}/`));
  if (meant.length > 0) return meant;
  refuseForeign(hall, `${target} is not ours`, target.startsWith('analytics') ? 'analytics' : 'inventory');
  const there = slots.length === 0 ? 'there are no workers here' : `there are ${slots.join(', ')}`;
  throw new LunchrushError('COMMAND_REFUSED', `there is no worker ${target}: ${there}`);
}

/** Refuses what only the programs could do that run the workers of this kind, when there are such and none are here. */
export function refuseForeign(
  { supervisor, events }: Pick<Hall, 'supervisor' | 'events'>,
  what: string,
  kind: 'inventory' | 'analytics',
): void {
  const state = events.store.getState();
  const foreign = foreignMembers(state, kind);
  if (foreign.length === 0 || supervisor.slots().some((slot) => slot.startsWith(`${kind}/`))) return;
  const names = foreign.map(({ clientId }) => clientId).join(', ');
  throw new LunchrushError('COMMAND_REFUSED', `${what}: ${state.pipeline.groups[kind]} is worked by ${names}`, {
    fix: 'tell the programs that run them',
  });
}

/** Does the same to all slots of a target at once, and says of each what it now is. */
export async function onEach(
  hall: Hall,
  target: Target,
  how: { state: string; act: (slot: Slot) => Promise<void>; signal: AbortSignal },
): Promise<Result> {
  const slots = slotsOf(hall, target);
  await abortable(Promise.all(slots.map(how.act)), how.signal);
  return { data: { slots }, text: slots.map((slot) => `${slot} ${how.state}`) };
}
