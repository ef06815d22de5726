import type { ActionRow } from '../types.ts';
import { broker } from './faults/broker.ts';
import { knobs } from './faults/knobs.ts';
import { look } from './faults/look.ts';
import { workers } from './faults/workers.ts';

/** Keys of the pane of faults. What they do depends on the row under the cursor. */
export const faults: readonly ActionRow[] = [...knobs, ...workers, ...broker, ...look];
