import type { Clock } from '../engine/clock.ts';
import type { EventStore } from '../engine/store.ts';
import { readError } from '../errors.ts';

/**
 * Waits until the pipeline runs, for so long at most, and rejects as soon as the cluster refuses a worker: what only a
 * thread meets is found at the start as well.
 */
export async function untilRunningOrRefused(events: EventStore, clock: Clock, withinMs: number): Promise<void> {
  if (events.store.getState().start.isDone) return;
  let stop = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const cancel = clock.setTimer(withinMs, resolve);
      const unhear = events.onEvent((event) => {
        if (event.type === 'pipeline-running') resolve();
        if (event.type === 'worker-died' && event.error?.code === 'KAFKA_REFUSED') reject(readError(event.error));
      });
      stop = () => {
        cancel();
        unhear();
      };
    });
  } finally {
    stop();
  }
}
