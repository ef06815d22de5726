import { countsOf } from '../../../engine/reducers/workers.ts';
import type { State, WorkerState } from '../../../engine/state.ts';
import { factsOf } from '../../facts/facts.ts';
import { labelled } from '../../format/labelled.ts';
import { bytes, count } from '../../format/number.ts';
import { clock, elapsed } from '../../format/time.ts';
import type { Line } from '../../types.ts';
import { wordOf } from '../worker-state.ts';
import { troubleOf } from './workers.ts';

/** How many of the last facts about a worker are shown. */
const FACTS = 6;

/** A worker in full: how it is, what it holds and has done, and what befell it last. */
export function workerDetails(state: State, worker: WorkerState, now: number, width: number): Line[] {
  const { word, tone } = wordOf(worker);
  const { incarnation, restarts, since, digest } = worker;
  const trouble = troubleOf(state, worker, now);
  const thread = `thread ${incarnation} of this slot, so for ${elapsed(now - since)}; ${restarts} replaced because they died or hung`;
  const about = factsOf(state.log).filter(({ text }) => text.includes(worker.slot));
  return [
    [{ text: `● ${word}`, tone }, { text: trouble === '' ? '' : `  ${trouble}` }],
    ...labelled('thread', thread, width),
    ...(digest ? memberLines(digest, width) : []),
    ...(worker.kind === 'inventory' ? labelled('did', countsText(worker), width) : []),
    ...about
      .slice(-FACTS)
      .flatMap((fact, i) => labelled(i === 0 ? 'lately' : '', `${clock(fact.at)} ${fact.text}`, width)),
  ];
}

function memberLines(digest: NonNullable<WorkerState['digest']>, width: number): Line[] {
  const { memberId, generation, heapBytes, partitions } = digest;
  return [
    ...labelled('member', memberId === '' ? 'of no group now' : `${memberId}, generation ${generation}`, width),
    ...labelled('memory', `${bytes(heapBytes)} of heap`, width),
    ...partitions.flatMap((p, i) =>
      labelled(
        i === 0 ? 'holds' : '',
        `${p.topic}/${p.partition} at ${count(p.position)}, ${p.state}${p.reason === '' ? '' : `: ${p.reason}`}`,
        width,
      ),
    ),
  ];
}

function countsText(worker: WorkerState): string {
  const { reserved, failed, duplicates, deadLettered, doubts } = countsOf(worker);
  return `${count(reserved)} reserved, ${count(failed)} failed, ${count(duplicates)} duplicates dropped, ${count(deadLettered)} dead letters, ${count(doubts)} sends in doubt; over all its threads`;
}

/** The broker in full. */
export function brokerDetails(state: State, now: number, width: number): Line[] {
  const { address, embedded, attached, note, state: is, since, reason } = state.cluster;
  const what = embedded
    ? `embedded, single node${attached ? ', shared with another program' : ''}`
    : 'a cluster of yours';
  return [
    ...labelled('broker', `${what} at ${address}`, width),
    ...labelled('state', `${is} for ${elapsed(now - since)}${reason === '' ? '' : `: ${reason}`}`, width),
    ...(note === '' ? [] : labelled('note', note, width)),
    ...labelled(
      'topics',
      `${Object.keys(state.topics.watermarks).join(', ')}; ${state.topics.partitions} partitions each`,
      width,
    ),
  ];
}
