import type { PartitionView, WorkerKind } from '../../workers/messages.ts';
import type { GroupSample } from '../event.ts';
import type { GroupLag } from '../lag/group-lag.ts';
import { groupAfter, lookAgain, type Told } from '../lag/lag.ts';
import type { Surroundings } from '../lag/verdict.ts';
import type { State, WorkerState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** Which kind of our workers a group is made of; undefined for other people's groups. */
export function kindOf(state: Pick<State, 'pipeline'>, groupId: string): WorkerKind | undefined {
  if (groupId === state.pipeline.groups.inventory) return 'inventory';
  return groupId === state.pipeline.groups.analytics ? 'analytics' : undefined;
}

type Owner = { worker: WorkerState; view: PartitionView };

/** Which live worker of ours tells of each partition, keyed `topic/partition`. */
function owners(state: State, groupId: string): Map<string, Owner> {
  const kind = kindOf(state, groupId);
  const live = Object.values(state.workers).filter((w) => w.kind === kind && w.thread === 'ready');
  return new Map(
    live.flatMap((worker) =>
      (worker.digest?.partitions ?? []).map((view) => [`${view.topic}/${view.partition}`, { worker, view }] as const),
    ),
  );
}

function told(owner: Owner | undefined): Told {
  return { position: owner?.view.position, waitingSince: owner?.view.waitingSince ?? 0 };
}

/** A group after a look, with what its workers tell. */
function sampled(state: State, sample: GroupSample, at: number): GroupLag {
  const before = state.groups[sample.groupId];
  const ours = owners(state, sample.groupId);
  const kind = kindOf(state, sample.groupId);
  const assigned = new Set(
    sample.members.flatMap((m) => m.assignment.flatMap((a) => a.partitions.map((p) => `${a.topic}/${p}`))),
  );
  const partitions = sample.partitions.map((partition) => {
    const name = `${partition.topic}/${partition.partition}`;
    const owner = ours.get(name);
    const around: Surroundings = {
      groupState: sample.state,
      owned: assigned.has(name),
      paused: owner?.worker.paused ?? false,
      replaying: kind === 'analytics' && state.replay.running !== null,
      throttleMs: kind === 'inventory' ? state.knobs.wanted.throttleMs : 0,
    };
    const old = before?.partitions.find((p) => p.topic === partition.topic && p.partition === partition.partition);
    return lookAgain(old, partition, at, told(owner), around);
  });
  return groupAfter(sample, partitions, at);
}

/** Groups by id, as looked at. */
export const groups: Reducers<State['groups']> = {
  'groups-sampled': (noun, { groups: samples, at }, state) => ({
    ...noun,
    ...Object.fromEntries(samples.map((sample) => [sample.groupId, sampled(state, sample, at)])),
  }),
};

/** Each new generation of a group of ours is one rebalance, however many members tell of it. */
export const rebalances: Reducers<State['rebalances']> = {
  'group-joined': (noun, { slot, generation }) => {
    const kind = slot.slice(0, slot.indexOf('/'));
    const last = noun.generations[kind] ?? -1;
    if (generation <= last) return noun;
    return { count: noun.count + 1, generations: { ...noun.generations, [kind]: generation } };
  },
};
