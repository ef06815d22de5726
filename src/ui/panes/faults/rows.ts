import type { State, WorkerState } from '../../../engine/state.ts';
import type { View } from '../../types.ts';
import { workersOf } from '../worker-state.ts';

export type Knob = 'fail-rate' | 'throttle';

/** What the cursor can stand on in the pane of faults. */
export type FaultRow = { is: 'knob'; knob: Knob } | { is: 'worker'; worker: WorkerState } | { is: 'broker' };

/** Knobs, workers by kind and number, and the broker. */
export function faultRows(state: State): FaultRow[] {
  const workers = [...workersOf(state, 'inventory'), ...workersOf(state, 'analytics')];
  return [
    { is: 'knob', knob: 'fail-rate' },
    { is: 'knob', knob: 'throttle' },
    ...workers.map((worker) => ({ is: 'worker', worker }) as const),
    { is: 'broker' },
  ];
}

/** The row under the cursor. */
export function selectedFault(state: State, view: Pick<View, 'cursors'>): FaultRow {
  const rows = faultRows(state);
  return rows[Math.min(view.cursors.faults ?? 0, rows.length - 1)] ?? { is: 'broker' };
}
