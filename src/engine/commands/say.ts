import type { Run } from '../hall.ts';

/** Prints a text. */
export const run: Run<'say'> = async (_, { text }) => ({ data: { text }, text: [text] });
