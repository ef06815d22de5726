import type { Slot, WorkerKind } from '../workers/messages.ts';
import type { State } from './state.ts';

/** Workers of a kind that run: their thread lives and its latest digest says that it is at work or paused. */
export function runningWorkers(state: State, kind: WorkerKind): Slot[] {
  return Object.values(state.workers)
    .filter((w) => w.kind === kind && w.thread === 'ready' && w.digest !== null && IN_GROUP.has(w.digest.state))
    .map((w) => w.slot);
}

const IN_GROUP: ReadonlySet<string> = new Set(['running', 'paused', 'blocked']);
