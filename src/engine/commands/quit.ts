import type { Run } from '../hall.ts';

/** Answers that the door may close: only the door knows what else is open. */
export const run: Run<'quit'> = async () => ({ data: null, text: [] });
