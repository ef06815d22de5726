import { LunchrushError } from '../../errors.ts';
import type { Run } from '../hall.ts';
import { manual } from '../language/manual.ts';

/** Prints the commands, one of them in full, the facts or the events. */
export const run: Run<'help'> = async (_, { topic }) => {
  const text = manual(topic);
  if (text) return { data: { help: text }, text };
  throw new LunchrushError('COMMAND_REFUSED', `there is no help on ${topic}`, { fix: 'say help for all there is' });
};
