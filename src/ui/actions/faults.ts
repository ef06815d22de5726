import type { ActionRow } from '../types.ts';
import { broker } from './faults/broker.ts';
import { crewing } from './faults/crew.ts';
import { killing } from './faults/kill.ts';
import { knobs } from './faults/knobs.ts';
import { look } from './faults/look.ts';
import { pausing } from './faults/pause.ts';

/** Keys of the pane of faults. What they do depends on the row under the cursor. */
export const faults: readonly ActionRow[] = [...knobs, ...crewing, ...pausing, ...killing, ...broker, ...look];
