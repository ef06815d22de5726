import { LunchrushError } from '../../errors.ts';
import { abortable } from '../bounded.ts';
import type { Run } from '../hall.ts';

const DONE = { stop: 'broker is stopped', start: 'broker is up', kill: 'broker was killed' } as const;

/** Stops, starts or kills the embedded broker; ends when that is seen. */
export const run: Run<'broker'> = async ({ broker, events }, { action }, signal) => {
  if (!broker) {
    const { address } = events.store.getState().cluster;
    throw new LunchrushError('COMMAND_REFUSED', `the broker at ${address || 'that address'} is not ours to ${action}`, {
      fix: 'run without --brokers to have an embedded one',
    });
  }
  await abortable(broker[action](), signal);
  return { data: { broker: action }, text: [DONE[action]] };
};
