import type { State, WorkerState } from '../../../engine/state.ts';
import { gap, left, right } from '../../format/line.ts';
import { bytes } from '../../format/number.ts';
import { seconds } from '../../format/time.ts';
import type { Line, Segment } from '../../types.ts';
import { wordOf } from '../worker-state.ts';

type View = NonNullable<WorkerState['digest']>['partitions'][number];

/** What a worker holds, short: `p0,2`, `p0-2`, `all 6`, `12 of 64`, `none`. */
export function held(state: State, { kind, digest }: WorkerState): string {
  const views = digest?.partitions ?? [];
  const all = state.topics.partitions * (kind === 'analytics' ? 2 : 1);
  if (views.length === 0) return digest ? 'none' : '';
  if (kind === 'analytics') return views.length === all ? `all ${all}` : `${views.length} of ${all}`;
  if (views.length > 4) return `${views.length} of ${all}`;
  return `p${runs(views.map(({ partition }) => partition)).join(',')}`;
}

/** Numbers with three and more in a row written as one: `0-2,5`. */
function runs(numbers: readonly number[]): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const groups: number[][] = [];
  for (const number of sorted) {
    const last = groups.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else groups.push([number]);
  }
  return groups.flatMap((group) => (group.length < 3 ? group.map(String) : [`${group[0]}-${group.at(-1)}`]));
}

function named({ topic, partition }: View): string {
  return `${topic}/${partition}`;
}

/** When a dead thread is back: `back in 3 s`, `coming back`; empty when nobody brings it. */
function back({ backAt }: WorkerState, now: number): string {
  if (backAt === null) return '';
  return backAt - now > 500 ? `back in ${seconds(backAt - now)}` : 'coming back';
}

/** What is wrong with a worker: why, when it comes back, and which partitions wait for it. Empty when nothing is. */
export function troubleOf(state: State, worker: WorkerState, now: number): string {
  const { thread, why, digest } = worker;
  const views = digest?.partitions ?? [];
  if (thread === 'dead') {
    const waiting = views.length === 0 ? '' : `${held(state, worker)} wait`;
    return [why, back(worker, now), waiting].filter((part) => part !== '').join(', ');
  }
  if (thread !== 'ready') return why === 'asked for' ? '' : why;
  if (why !== '') return why;
  const halted = views.find((view) => view.state === 'halted');
  if (halted) return `${named(halted)} halted: ${halted.reason}`;
  const restoring = views.find((view) => view.state === 'restoring');
  if (restoring) return `${named(restoring)}: ${restoring.reason || 'reading what was done'}`;
  return digest?.waitsFor ?? '';
}

/** Cells of the slot, and of the dot with its word: a gap follows where something stands close behind it. */
const SLOT = 12;
const WORD = 12;
const WORD_GAP = 1;

/** Cells of what stands at the right end where there is room: restarts and memory. */
const RESTARTS = 14;
const MEMORY = 7;

function restarts({ restarts: times }: WorkerState): string {
  return times === 0 ? '' : `${times} restart${times === 1 ? '' : 's'}`;
}

/** A worker as one line, or two where it has a trouble that does not fit beside it. */
export function workerLines(state: State, worker: WorkerState, width: number, now: number): Line[] {
  const { word, tone } = wordOf(worker);
  const wide = width >= SLOT + WORD + WORD_GAP + RESTARTS + MEMORY + 24;
  const head: Segment[] = [
    left(worker.slot, SLOT),
    { text: '● ', tone },
    left(word, WORD - 2 + (wide ? WORD_GAP : 0), tone === 'good' ? undefined : tone),
  ];
  const memory = worker.digest && worker.thread === 'ready' ? bytes(worker.digest.heapBytes) : '';
  const tail = [...(wide ? [right(restarts(worker), RESTARTS, 'work')] : []), right(memory, MEMORY, 'dim')];
  const room = width - SLOT - WORD - MEMORY - (wide ? WORD_GAP + RESTARTS : 0);
  const trouble = troubleOf(state, worker, now);
  if (trouble === '') return [[...head, left(held(state, worker), room), ...tail]];
  if (wide) return [[...head, left(trouble, room, tone === 'good' ? 'dim' : tone), ...tail]];
  return [
    [...head, left(worker.thread === 'ready' ? held(state, worker) : '', room), ...tail],
    [gap(2), left(trouble, width - 2, tone === 'good' ? 'dim' : tone)],
  ];
}
