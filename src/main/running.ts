import type { Clock } from '../engine/clock.ts';
import type { State } from '../engine/state.ts';
import type { EventStore } from '../engine/store.ts';

/** Tells once when every partition has a worker that decides it and analytics reads all: the pipeline runs. */
export function tellWhenRunning(events: EventStore, clock: Clock, beganAt: number, inventory: number): void {
  const stop = events.store.subscribe((state) => {
    if (!isRunning(state, inventory)) return;
    stop();
    events.emit({ type: 'pipeline-running', forMs: clock.now() - beganAt });
  });
}

function isRunning({ workers, topics }: State, inventory: number): boolean {
  const held = (kind: 'inventory' | 'analytics') =>
    Object.values(workers).flatMap(({ digest }) => (digest?.kind === kind ? digest.partitions : []));
  const decided = held('inventory').filter((p) => p.state === 'running').length;
  return (
    topics.partitions > 0 &&
    (inventory === 0 || decided >= topics.partitions) &&
    held('analytics').length >= 2 * topics.partitions
  );
}
