import type { Digest, InventoryDigest, Slot, WorkerKind } from '../../workers/messages.ts';
import type { InventoryCounts, State, WorkerState } from '../state.ts';
import type { Reducers } from './reducer.ts';

type Workers = State['workers'];

const NOTHING: InventoryCounts = { reserved: 0, failed: 0, duplicates: 0, deadLettered: 0, doubts: 0 };

const COUNTS = Object.keys(NOTHING) as (keyof InventoryCounts)[];

function sum(a: InventoryCounts, b: InventoryCounts): InventoryCounts {
  return Object.fromEntries(COUNTS.map((key) => [key, a[key] + b[key]])) as InventoryCounts;
}

function countsIn(digest: Digest | null): InventoryCounts {
  return digest?.kind === 'inventory' ? pick(digest) : NOTHING;
}

function pick({ reserved, failed, duplicates, deadLettered, doubts }: InventoryDigest): InventoryCounts {
  return { reserved, failed, duplicates, deadLettered, doubts };
}

/** What a slot has counted over all its incarnations: digests are absolute per incarnation, so the last of each is added once. */
export function countsOf(worker: WorkerState): InventoryCounts {
  return sum(worker.past, countsIn(worker.digest));
}

function kindOfSlot(slot: Slot): WorkerKind {
  return slot.slice(0, slot.indexOf('/')) as WorkerKind;
}

function born(slot: Slot, at: number): WorkerState {
  const kind = kindOfSlot(slot);
  const rest = {
    incarnation: 0,
    restarts: 0,
    paused: false,
    why: '',
    backAt: null,
    digest: null,
    past: NOTHING,
  } as const;
  return { slot, kind, thread: 'stopped', since: at, ...rest };
}

/** Whether a new thread in this slot replaces one that was lost; one after `stop`, or the first, does not. */
function replaces(worker: WorkerState | undefined): boolean {
  return worker?.thread === 'dead';
}

function change(workers: Workers, slot: Slot, of: Partial<WorkerState>): Workers {
  const worker = workers[slot];
  return worker ? { ...workers, [slot]: { ...worker, ...of } } : workers;
}

/** Slots and their threads. What an older incarnation still says is not heard. */
export const workers: Reducers<Workers> = {
  'worker-spawned': (noun, { slot, incarnation, why, at }) => {
    const { refusal: _, ...before } = noun[slot] ?? born(slot, at);
    const restarts = before.restarts + (replaces(noun[slot]) ? 1 : 0);
    const past = countsOf(before);
    const now = {
      incarnation,
      restarts,
      past,
      thread: 'starting',
      why,
      since: at,
      backAt: null,
      digest: null,
    } as const;
    return { ...noun, [slot]: { ...before, ...now } };
  },
  'worker-ready': (noun, { slot, at }) => change(noun, slot, { thread: 'ready', why: '', since: at }),
  'worker-died': (noun, { slot, reason, retryInMs, error, at }) => {
    const backAt = retryInMs === null ? null : at + retryInMs;
    const refusal = error && backAt === null ? { refusal: error } : {};
    return change(noun, slot, { thread: 'dead', why: reason, since: at, backAt, ...refusal });
  },
  // Whoever kills a worker sees it replaced at once.
  'worker-killed': (noun, { slot, at }) => change(noun, slot, { thread: 'dead', why: 'killed', since: at, backAt: at }),
  'worker-stopped': (noun, { slot, at }) =>
    change(noun, slot, { thread: 'stopped', why: 'stopped', since: at, backAt: null }),
  'worker-hung': (noun, { slot, silentForMs }) => change(noun, slot, { why: `silent for ${silentForMs} ms` }),
  'worker-removed': (noun, { slot }) => {
    const { [slot]: _, ...rest } = noun;
    return rest;
  },
  'worker-paused': (noun, { slot }) => change(noun, slot, { paused: true }),
  'worker-resumed': (noun, { slot }) => change(noun, slot, { paused: false }),
  'digest-arrived': (noun, { digest }) => {
    const worker = noun[digest.slot];
    return worker && worker.incarnation === digest.incarnation ? change(noun, digest.slot, { digest }) : noun;
  },
};

/** Replacements over all slots. */
export const restarts: Reducers<number> = {
  'worker-spawned': (noun, { slot }, state) => noun + (replaces(state.workers[slot]) ? 1 : 0),
};
