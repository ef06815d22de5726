import type { ActionRow } from '../types.ts';
import { reading } from './reading.ts';

/** What a command answered, until it is put away. */
export const output: readonly ActionRow[] = reading('output', 'the answer', ({ view: { overlay } }) =>
  overlay?.kind === 'output' ? overlay.lines : [],
);
