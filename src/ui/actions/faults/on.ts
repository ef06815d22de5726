import type { WorkerState } from '../../../engine/state.ts';
import { type Foreign, type Knob, selectedFault } from '../../panes/faults/rows.ts';
import type { ActionContext } from '../../types.ts';

/** The knob under the cursor. */
export function knobOn({ state, view }: ActionContext): Knob | undefined {
  const row = selectedFault(state, view);
  return row.is === 'knob' ? row.knob : undefined;
}

/** The worker under the cursor. */
export function workerOn({ state, view }: ActionContext): WorkerState | undefined {
  const row = selectedFault(state, view);
  return row.is === 'worker' ? row.worker : undefined;
}

/** The worker of another program under the cursor. */
export function foreignOn({ state, view }: ActionContext): Foreign | undefined {
  const row = selectedFault(state, view);
  return row.is === 'foreign' ? row : undefined;
}

/** Whether the cursor is on the broker. */
export function isOnBroker({ state, view }: ActionContext): boolean {
  return selectedFault(state, view).is === 'broker';
}
