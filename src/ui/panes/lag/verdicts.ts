import type { GroupLag, PartitionLag, Verdict } from '../../../engine/lag/group-lag.ts';
import type { State } from '../../../engine/state.ts';
import { count, rate } from '../../format/number.ts';
import { duration, seconds } from '../../format/time.ts';
import type { Tone } from '../../types.ts';

/** What a verdict is about: a partition, or a group as its worst partition. */
export type Case = { state: State; group: GroupLag; partition: PartitionLag; now: number };

/** A verdict explained: its tone, why it holds here, and what helps. */
type Explained = { tone: Tone; why(about: Case): string; helps(about: Case): string };

const nothing = () => 'Nothing to do.';

function worker({ state, partition }: Case): string {
  const holds = Object.values(state.workers).find(({ digest }) =>
    digest?.partitions.some((view) => view.topic === partition.topic && view.partition === partition.partition),
  );
  return holds?.slot ?? 'the worker';
}

/** Why the owning worker halted the partition, if it did. */
function halted({ state, partition }: Case): string | undefined {
  const views = Object.values(state.workers).flatMap(({ digest }) => digest?.partitions ?? []);
  return views.find(
    (view) => view.topic === partition.topic && view.partition === partition.partition && view.state === 'halted',
  )?.reason;
}

function rates({ partition: { inRate, outRate } }: Case): string {
  return `${rate(inRate)} come in, ${rate(outRate)} are done`;
}

/** Another worker helps only while there are more partitions than workers. */
function moreHands({ state, group }: Case): string {
  const { groups } = state.pipeline;
  if (group.groupId === groups.analytics) return 'Analytics has one worker; it catches up when less comes in.';
  const members = group.members.length;
  const partitions = group.partitions.length;
  return members < partitions
    ? `In 4 Faults a adds a worker: ${members} of at most ${partitions} share the partitions.`
    : `Each of the ${partitions} partitions has its own worker already: lower the load, or the throttle in 4 Faults.`;
}

/** Every verdict, explained. */
const VERDICT: Record<Verdict, Explained> = {
  ok: {
    tone: 'good',
    why: ({ partition }) =>
      partition.lag === 0
        ? 'All that was written here is done and committed.'
        : 'What is written here is done soon after; commits follow a little later, which is the lag that tools see.',
    helps: nothing,
  },
  'catching up': {
    tone: 'work',
    why: (about) => `More is done than comes in: ${rates(about)}.`,
    helps: ({ partition }) =>
      partition.etaMs === null ? nothing() : `Nothing to do: done in about ${seconds(partition.etaMs)} at this rate.`,
  },
  throttled: {
    tone: 'work',
    why: ({ state }) => `Each inventory worker pauses ${duration(state.knobs.wanted.throttleMs)} per order, as asked.`,
    helps: () => 'In 4 Faults 0 on the throttle takes it off.',
  },
  paused: {
    tone: 'work',
    why: (about) => `${worker(about)} is paused: it keeps its partitions and takes no records.`,
    helps: (about) => `In 4 Faults p on it, or :resume ${worker(about)}.`,
  },
  replaying: {
    tone: 'work',
    why: () => 'Analytics reads the log again from low offsets, so its lag is what it has yet to read.',
    helps: () => 'Nothing to do; in 6 Analytics R shows how far it is, and can cancel it.',
  },
  rebalancing: {
    tone: 'work',
    why: ({ group }) => `The group divides its partitions anew (${group.state}); nobody works on them meanwhile.`,
    helps: () =>
      'It takes part of a second. Longer: a member that is gone without a goodbye is waited for until its session ends.',
  },
  'falling behind': {
    tone: 'bad',
    why: (about) => `More comes in than is done: ${rates(about)}.`,
    helps: moreHands,
  },
  stalled: {
    tone: 'bad',
    why: (about) => {
      const { partition, now } = about;
      const reason = halted(about);
      if (reason !== undefined) return `${worker(about)} halted it: ${reason}`;
      return `${count(partition.lag)} records wait and have an owner, but nothing was done for ${seconds(now - partition.movedAt)}.`;
    },
    helps: (about) =>
      halted(about) === undefined
        ? `In 4 Faults K on ${worker(about)} ends its thread; it is replaced at once.`
        : 'It stays halted until what the reason says is put right and its worker is started again.',
  },
  stopped: {
    tone: 'bad',
    why: ({ partition }) => `${count(partition.lag)} records wait, and no member of the group owns this partition.`,
    helps: ({ group }) =>
      group.members.length === 0
        ? 'The group has no members: in 4 Faults s starts a stopped worker.'
        : 'Its owner is on its way back, or in 4 Faults s starts a stopped worker and a adds one.',
  },
};

/** The tone of a verdict. */
export function toneOf(verdict: Verdict): Tone {
  return VERDICT[verdict].tone;
}

/** Why a verdict holds, and what helps, as two sentences. */
export function explain(verdict: Verdict, about: Case): { why: string; helps: string } {
  return { why: VERDICT[verdict].why(about), helps: VERDICT[verdict].helps(about) };
}
