import { LunchrushError } from '../../errors.ts';
import { interrupted, within } from '../bounded.ts';
import { pause } from '../clock.ts';
import { foreignMembers, ownMemberIds } from '../foreign-members.ts';
import type { Hall, Run } from '../hall.ts';
import type { GroupLag } from '../lag/group-lag.ts';
import { columns } from '../print/columns.ts';
import { bytes, count, many } from '../print/quantity.ts';
import { countsOf } from '../reducers/workers.ts';
import { runningWorkers } from '../running-workers.ts';
import type { State, WorkerState } from '../state.ts';

/** How long a group may take to become stable, ms. */
const STABLE_MS = 60_000;

/** Between two looks at the group, ms. */
const LOOK_MS = 100;

/** Prints the workers; with a count it scales the inventory group, and ends when the group is stable with that many. */
export const run: Run<'workers'> = async (hall, { kind = 'inventory', count: wanted }, signal) => {
  if (wanted !== undefined) {
    const done = new AbortController();
    const scaled = scale(hall, kind, wanted, AbortSignal.any([signal, done.signal]));
    const sentence = `${hall.pipeline.groups.inventory} is not stable with ${many(wanted, 'member')}`;
    await within(hall.clock, STABLE_MS, scaled, sentence).finally(() => done.abort());
    return { data: { kind, count: wanted }, text: [`${many(wanted, `${kind} worker`)}, group stable`] };
  }
  await hall.supervisor.flush();
  hall.events.commit();
  const state = hall.events.store.getState();
  const workers = Object.values(state.workers);
  return { data: workers.map(workerData), text: [...printWorkers(workers), ...printForeign(state)] };
};

async function scale(hall: Hall, kind: 'inventory', wanted: number, signal: AbortSignal): Promise<void> {
  const id = hall.pipeline.groups[kind];
  await hall.supervisor.scale(kind, wanted);
  for (;;) {
    if (signal.aborted) throw interrupted();
    const [group] = await hall.cluster.describe([id]);
    if (!group) throw new LunchrushError('COMMAND_FAILED', `the group ${id} cannot be described`);
    if (group.state === 'Stable' && isScaled(hall, kind, wanted, group.members)) return;
    await pause(hall.clock, LOOK_MS, signal);
  }
}

/** Every worker says which of these members it is, and none that was ours is left. Those of other programs come and go. */
function isScaled(hall: Hall, kind: 'inventory', wanted: number, members: GroupLag['members']): boolean {
  const state = hall.events.store.getState();
  const known = ownMemberIds(state);
  const ours = members.map(({ memberId }) => memberId).filter((memberId) => known.has(memberId));
  const running = runningWorkers(state, kind).map((slot) => state.workers[slot]?.digest?.memberId ?? '');
  return ours.length === wanted && running.filter((memberId) => ours.includes(memberId)).length === wanted;
}

/** A worker for programs: counts are sums over all threads the slot has had. */
export function workerData(worker: WorkerState) {
  const { slot, thread, incarnation, restarts, why, digest, paused } = worker;
  const state = digest?.state ?? thread;
  const partitions = (digest?.partitions ?? []).map(({ topic, partition, state: at, reason, position }) => {
    return { topic, partition, state: at, reason, position };
  });
  const waitsFor = digest?.waitsFor ?? '';
  const heapBytes = digest?.heapBytes ?? 0;
  return {
    slot,
    thread,
    state,
    incarnation,
    restarts,
    why,
    paused,
    waitsFor,
    heapBytes,
    partitions,
    ...countsOf(worker),
  };
}

const HEADS = [
  { title: 'worker' },
  { title: 'state' },
  { title: 'restarts', right: true },
  { title: 'partitions' },
  { title: 'reserved', right: true },
  { title: 'failed', right: true },
  { title: 'heap', right: true },
  { title: '' },
];

/** A row for each slot; counts are sums over all threads the slot has had. */
export function printWorkers(workers: readonly WorkerState[]): string[] {
  if (workers.length === 0) return ['no workers here'];
  return columns(HEADS, workers.map(row));
}

function row(worker: WorkerState): string[] {
  const { slot, state, thread, restarts, why, waitsFor, heapBytes, partitions, reserved, failed } = workerData(worker);
  const halted = partitions
    .filter((p) => p.state === 'halted')
    .map((p) => `${p.topic}/${p.partition} halted: ${p.reason}`);
  const counts = worker.kind === 'inventory' ? [count(reserved), count(failed)] : ['', ''];
  const notes = [why, waitsFor && `waits for ${waitsFor}`, ...halted].filter((note) => note !== '').join('; ');
  const held = heldBy(partitions);
  const heap = heapBytes > 0 ? bytes(heapBytes) : '';
  return [slot, thread === 'ready' ? state : thread, String(restarts), held, ...counts, heap, notes];
}

/** Partitions by topic: `orders/0,1,2`. */
function heldBy(partitions: readonly { topic: string; partition: number }[]): string {
  const topics = [...new Set(partitions.map((p) => p.topic))];
  const numbers = (topic: string) => partitions.filter((p) => p.topic === topic).map((p) => p.partition);
  return topics.map((topic) => `${topic}/${numbers(topic).join(',')}`).join(' ');
}

/** A line for each member of our groups that is another program's: seen, but not ours to stop or turn. */
function printForeign(state: State): string[] {
  return (['inventory', 'analytics'] as const).flatMap((kind) =>
    foreignMembers(state, kind).map(({ clientId, host, assignment }) => {
      const held = assignment.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
      return `another program's, in ${state.pipeline.groups[kind]}: ${clientId} at ${host}, ${heldBy(held) || 'no partition'}`;
    }),
  );
}
