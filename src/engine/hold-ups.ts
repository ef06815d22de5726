import type { WorkerKind } from '../workers/messages.ts';
import { foreignMembers } from './foreign-members.ts';
import { many } from './print/quantity.ts';
import type { State, WorkerState } from './state.ts';

/** Why a thread does not work, by what it is; a working one is not in here. */
const THREADS: Partial<Record<WorkerState['thread'], string>> = {
  starting: 'is starting',
  stopped: 'is stopped',
  dead: 'is down',
};

function ofWorker({ slot, thread, why, paused, digest }: WorkerState): string[] {
  const down = THREADS[thread];
  if (down) return [`${slot} ${down}${why ? `: ${why}` : ''}`];
  if (paused) return [`${slot} is paused`];
  const halted = (digest?.partitions ?? []).filter((p) => p.state === 'halted');
  const waits = digest?.waitsFor ? [`${slot} waits for ${digest.waitsFor}`] : [];
  return [...halted.map((p) => `${p.topic}/${p.partition} is halted at ${slot}: ${p.reason}`), ...waits];
}

function elsewhere(state: State, kind: WorkerKind): string {
  const others = foreignMembers(state, kind).length;
  return others === 0 ? '' : `, ${many(others, 'member')} of its group in other programs`;
}

/** What keeps the workers of a kind from getting to the end of their topics, one sentence each; empty when nothing is known to. */
export function holdUps(state: State, kind: WorkerKind): string[] {
  const { cluster } = state;
  const away =
    cluster.state === 'up' || cluster.state === 'starting' ? [] : [`Kafka is ${cluster.state}: ${cluster.reason}`];
  const workers = Object.values(state.workers).filter((worker) => worker.kind === kind);
  const none = workers.length === 0 ? [`there is no ${kind} worker here${elsewhere(state, kind)}`] : [];
  return [...away, ...none, ...workers.flatMap(ofWorker)];
}
