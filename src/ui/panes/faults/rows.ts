import { foreignMembers } from '../../../engine/foreign-members.ts';
import type { GroupLag } from '../../../engine/lag/group-lag.ts';
import type { State, WorkerState } from '../../../engine/state.ts';
import type { View } from '../../types.ts';
import { workersOf } from '../worker-state.ts';

export type Knob = 'fail-rate' | 'throttle';

/** A member of one of our groups that is another program's. */
export type Foreign = { is: 'foreign'; kind: 'inventory' | 'analytics'; member: GroupLag['members'][number] };

/** What the cursor can stand on in the pane of faults. */
export type FaultRow = { is: 'knob'; knob: Knob } | { is: 'worker'; worker: WorkerState } | Foreign | { is: 'broker' };

/** Knobs, workers by kind and number, workers of other programs, and the broker. */
export function faultRows(state: State): FaultRow[] {
  const workers = [...workersOf(state, 'inventory'), ...workersOf(state, 'analytics')];
  return [
    { is: 'knob', knob: 'fail-rate' },
    { is: 'knob', knob: 'throttle' },
    ...workers.map((worker) => ({ is: 'worker', worker }) as const),
    ...foreignRows(state),
    { is: 'broker' },
  ];
}

function foreignRows(state: State): Foreign[] {
  return (['inventory', 'analytics'] as const).flatMap((kind) =>
    foreignMembers(state, kind).map((member) => ({ is: 'foreign', kind, member }) as const),
  );
}

/** The row under the cursor. */
export function selectedFault(state: State, view: Pick<View, 'cursors'>): FaultRow {
  const rows = faultRows(state);
  return rows[Math.min(view.cursors.faults ?? 0, rows.length - 1)] ?? { is: 'broker' };
}
