import type { EventOf } from '../../../engine/event.ts';
import { count } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { Sentence } from '../fact.ts';
import type { Gathering } from '../gather.ts';
import { list, of, partitions, type Tells } from './tell.ts';

type Told =
  | 'group-joined'
  | 'group-lost'
  | 'partition-restored'
  | 'partition-halted'
  | 'commit-ignored'
  | 'send-doubted'
  | 'records-dead-lettered'
  | 'state-recomputed'
  | 'pipeline-running'
  | 'lease-denied';

/** Who holds what in the newest generation of a story. */
function holdings(joined: readonly EventOf<'group-joined'>[]): string {
  const generation = Math.max(...joined.map((each) => each.generation));
  const newest = joined.filter((each) => each.generation === generation);
  const held = newest.map(({ slot, assigned }) => `${slot} has ${partitions(assigned) || 'no partition'}`);
  return `generation ${generation}: ${list(held)}`;
}

/** A rebalance as one story: how long nobody of the group worked, and who has what now. */
function rebalanced(_: unknown, story: Gathering): Sentence {
  const [lost, joined] = [of(story, 'group-lost'), of(story, 'group-joined')];
  const [out, last] = [lost[0], joined.at(-1)];
  const kind = (out ?? last)?.slot.replace(/\/.*/, '') ?? '';
  if (!last) {
    const reason = lost.find(({ reason }) => reason !== 'rebalance')?.reason ?? 'it rebalances';
    return { text: `${list(lost.map(({ slot }) => slot))} out of the group: ${reason}`, tone: 'work' };
  }
  if (!out && last.generation <= 1) return { text: `${kind} formed ${holdings(joined)}` };
  const time = out ? ` in ${duration(last.at - out.at)}` : '';
  const text = `${kind} rebalanced${time}, ${holdings(joined)}`;
  return {
    text,
    tone: 'work',
    mark: 'r',
    short: `${kind === 'inventory' ? '' : `${kind} `}rebalanced${time.replace(' in', ',')}`,
  };
}

/** Groups, their partitions, and what workers make of them. */
export const groups: Tells<Told> = {
  'group-joined': rebalanced,
  'group-lost': rebalanced,
  'partition-restored': ({ slot, partition, start, read, forMs }) => ({
    text: `${slot} goes on with partition ${partition} at ${count(start)}, ${count(read)} records read in ${duration(forMs)}`,
  }),
  'partition-halted': ({ slot, topic, partition, reason }) => ({
    text: `${slot} halted ${topic}/${partition}: ${reason}`,
    tone: 'bad',
  }),
  'commit-ignored': ({ topic, partition, committed, start, reason }) => ({
    text: `committed offset ${count(committed)} of ${topic}/${partition} is ignored: ${reason}; going on at ${count(start)}`,
    tone: 'work',
  }),
  'send-doubted': ({ slot, partition, reason }) => ({
    text: `${slot} cannot know whether its last send to partition ${partition} arrived: ${reason}; it looks, and begins again there`,
    tone: 'work',
  }),
  'records-dead-lettered': ({ slot, reason }, story) => {
    const records = of(story, 'records-dead-lettered').reduce((sum, event) => sum + event.count, 0);
    return {
      text: `${slot} put ${count(records)} malformed record${records === 1 ? '' : 's'} aside as dead letters: ${reason}`,
      tone: 'work',
    };
  },
  'state-recomputed': ({ slot, topic, partition, reason }) => ({
    text: `${slot} computes ${topic}/${partition} anew: ${reason}`,
    tone: 'work',
  }),
  'pipeline-running': ({ forMs }) => ({ text: `the pipeline runs, ${duration(forMs)} after the start`, tone: 'good' }),
  'lease-denied': ({ holder }) => ({
    text: `another program (process ${holder}) runs this pipeline; this one only watches`,
    tone: 'work',
  }),
};
