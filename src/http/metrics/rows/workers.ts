import { countsOf } from '../../../engine/reducers/workers.ts';
import { runningWorkers } from '../../../engine/running-workers.ts';
import type { WorkerState } from '../../../engine/state.ts';
import type { MetricRow, Sample, Seen } from '../row.ts';

const STATES = ['starting', 'joining', 'running', 'paused', 'blocked', 'stopping', 'stopped', 'dead'] as const;

const PARTITION_STATES = ['restoring', 'running', 'halted'] as const;

const SLOT = ['worker', 'kind'] as const;

/** A sample for each worker that has something to say. */
function ofWorkers(read: (worker: WorkerState, seen: Seen) => number | undefined): (seen: Seen) => Sample[] {
  return (seen) =>
    Object.values(seen.state.workers).flatMap((worker) => {
      const value = read(worker, seen);
      return value === undefined ? [] : [{ labels: { worker: worker.slot, kind: worker.kind }, value }];
    });
}

/** A sample for each worker and each of some words, under one label more. */
function byWord(label: string, words: readonly string[], count: (worker: WorkerState, word: string) => number) {
  return (seen: Seen): Sample[] =>
    words.flatMap((word) =>
      ofWorkers((worker) => count(worker, word))(seen).map(({ labels, value }) => ({
        labels: { ...labels, [label]: word },
        value,
      })),
    );
}

/** What a worker does: as its thread says, or what became of the thread. */
function stateOf({ thread, digest }: WorkerState): string {
  return thread === 'ready' ? (digest?.state ?? 'starting') : thread;
}

/** The workers of this program. Those that run elsewhere show in the members of their group. */
export const WORKER_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_worker_up',
    type: 'gauge',
    unit: '',
    help: '1 while a worker is in its group, running, paused or blocked; else 0',
    labels: SLOT,
    read: ofWorkers(({ slot, kind }, { state }) => Number(runningWorkers(state, kind).includes(slot))),
  },
  {
    name: 'lunchrush_worker_state',
    type: 'gauge',
    unit: '',
    help: '1 for what a worker does now, 0 for the rest',
    labels: [...SLOT, 'state'],
    read: byWord('state', STATES, (worker, state) => Number(stateOf(worker) === state)),
  },
  {
    name: 'lunchrush_worker_restarts_total',
    type: 'counter',
    unit: '',
    help: 'Threads of a worker that died or hung and were replaced',
    labels: SLOT,
    read: ofWorkers(({ restarts }) => restarts),
  },
  {
    name: 'lunchrush_worker_heap_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Heap that the thread of a worker uses',
    labels: SLOT,
    read: ofWorkers(({ thread, digest }) => (thread === 'ready' ? digest?.heapBytes : undefined)),
  },
  {
    name: 'lunchrush_worker_partitions',
    type: 'gauge',
    unit: '',
    help: 'Partitions that a worker holds, by how they fare; a halted one waits for a person',
    labels: [...SLOT, 'state'],
    read: byWord('state', PARTITION_STATES, ({ thread, digest }, state) =>
      thread === 'ready' ? (digest?.partitions ?? []).filter((each) => each.state === state).length : 0,
    ),
  },
  {
    name: 'lunchrush_worker_send_doubts_total',
    type: 'counter',
    unit: '',
    help: 'Sends of an inventory worker whose fate was unknown, so that it looked the output through again',
    labels: SLOT,
    read: ofWorkers((worker) => (worker.kind === 'inventory' ? countsOf(worker).doubts : undefined)),
  },
];
