import type { State, WorkerState } from '../../engine/state.ts';
import type { Tone } from '../types.ts';

/** How a worker is, in one word, and what it means. */
export type WorkerWord = { word: string; tone: Tone; isAtWork: boolean };

const THREADS: Readonly<Record<Exclude<WorkerState['thread'], 'ready'>, WorkerWord>> = {
  starting: { word: 'starting', tone: 'work', isAtWork: false },
  stopped: { word: 'stopped', tone: 'bad', isAtWork: false },
  dead: { word: 'restarting', tone: 'bad', isAtWork: false },
};

const WORDS: Readonly<Record<string, WorkerWord>> = {
  starting: { word: 'starting', tone: 'work', isAtWork: false },
  joining: { word: 'joining', tone: 'work', isAtWork: false },
  running: { word: 'running', tone: 'good', isAtWork: true },
  paused: { word: 'paused', tone: 'work', isAtWork: false },
  blocked: { word: 'blocked', tone: 'bad', isAtWork: true },
  stopping: { word: 'stopping', tone: 'work', isAtWork: false },
};

const HUNG: WorkerWord = { word: 'hung', tone: 'bad', isAtWork: false };
const HALTED: WorkerWord = { word: 'halted', tone: 'bad', isAtWork: true };
const RESTORING: WorkerWord = { word: 'restoring', tone: 'work', isAtWork: true };

/** How a worker is: its thread first, then what the thread says, then the worst of its partitions. */
export function wordOf({ thread, why, paused, digest }: WorkerState): WorkerWord {
  if (thread !== 'ready') return THREADS[thread];
  if (why.startsWith('silent')) return HUNG;
  const said = WORDS[paused ? 'paused' : (digest?.state ?? 'starting')] as WorkerWord;
  if (!said.isAtWork) return said;
  if (digest?.partitions.some(({ state }) => state === 'halted')) return HALTED;
  return digest?.partitions.some(({ state }) => state === 'restoring') ? RESTORING : said;
}

/** The workers of a kind, by their numbers. */
export function workersOf(state: State, kind: WorkerState['kind']): WorkerState[] {
  return Object.values(state.workers)
    .filter((worker) => worker.kind === kind)
    .sort((one, other) => one.slot.localeCompare(other.slot, 'en', { numeric: true }));
}
