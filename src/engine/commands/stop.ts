import { LunchrushError } from '../../errors.ts';
import type { Run } from '../hall.ts';
import { expectEvent } from '../next-event.ts';
import { reportOf } from './load.ts';
import { onEach } from './targets.ts';

/** Ends workers cleanly, to stay down; of `load` it ends the test that runs, after a flush. */
export const run: Run<'stop'> = async (hall, { target }, signal) => {
  if (target === 'load' || target.startsWith('load/')) return stopLoad(hall, { verb: 'stop', target }, signal);
  return onEach(hall, target, { state: 'is stopped', act: (slot) => hall.supervisor.stop(slot), signal });
};

const stopLoad: Run<'stop'> = async (hall, _, signal) => {
  if (!hall.events.store.getState().load.running) {
    throw new LunchrushError('COMMAND_REFUSED', 'no load test is running');
  }
  const finished = expectEvent(hall.events, signal, (event) => (event.type === 'load-finished' ? event : undefined));
  try {
    await hall.supervisor.stopLoad();
    return reportOf(hall, await finished.seen);
  } finally {
    finished.forget();
  }
};
