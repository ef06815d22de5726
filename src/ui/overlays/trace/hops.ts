import type { Trace } from '../../../engine/commands/trace.ts';
import type { State } from '../../../engine/state.ts';
import { bytes, count } from '../../format/number.ts';
import type { Tone } from '../../types.ts';

/** One line of a trace. `at` is the record's own time, ms; `where` is empty for what follows without a record. */
export type Hop = { at: number; what: string; where: string; why: string; tone?: Tone; afterMs: number | null };

/** What happened to an order, in the order of time, as far as the log can say it. */
export function hopsOf(found: readonly Trace[], orderId: string, state: State): Hop[] {
  const placed = found.filter(({ kind }) => kind === 'placed');
  const outcomes = found.filter(({ kind }) => kind === 'reserved' || kind === 'failed');
  const letters = found.filter(({ kind }) => kind === 'dead letter');
  const hops = [
    ...placed.map((each, i) => placing(each, i === 0 ? undefined : placed[0], orderId, state)),
    ...outcomes.map((each, i) => (i === 0 ? decision(each, placed) : copy(each, outcomes[0] as Trace))),
    ...outcomes.slice(0, 1).flatMap((each) => counting(each, state)),
    ...letters.map((each): Hop => ({ ...at(each), what: 'dead letter', why: 'it was no order', tone: 'bad' })),
  ];
  return placed.length > 0 && outcomes.length === 0
    ? [...sorted(hops), waiting(placed[0] as Trace, state)]
    : sorted(hops);
}

/** Stable: what has the same time stays in the order of the flow. */
function sorted(hops: readonly Hop[]): Hop[] {
  return [...hops].sort((one, other) => one.at - other.at);
}

function at({ timestamp, topic, partition, offset }: Trace): Pick<Hop, 'at' | 'where' | 'afterMs'> {
  return { at: timestamp, where: `${topic}/${partition} @ ${count(offset)}`, afterMs: null };
}

function placing(record: Trace, first: Trace | undefined, orderId: string, state: State): Hop {
  if (!first) return { ...at(record), what: 'placed', why: `key ${orderId}, ${bytes(record.bytes)}` };
  const elsewhere = first.partition === record.partition ? '' : `${first.topic}/${first.partition} `;
  const seen = progressOf(state, state.pipeline.groups.inventory, record) > record.offset;
  const fate = seen ? 'inventory dropped the copy' : 'inventory has not read it yet';
  return {
    ...at(record),
    what: 'placed',
    why: `same id as ${elsewhere}@ ${count(first.offset)}: ${fate}`,
    tone: 'dim',
  };
}

function decision(outcome: Trace, placed: readonly Trace[]): Hop {
  const { source, kind } = outcome;
  const order = placed.find(({ partition, offset }) => partition === source?.partition && offset === source.offset);
  const why = source ? `decides ${source.topic}/${source.partition} @ ${count(source.offset)}` : 'by an older producer';
  const afterMs = order ? outcome.timestamp - order.timestamp : null;
  return { ...at(outcome), what: kind, why, tone: kind === 'reserved' ? 'good' : 'bad', afterMs };
}

/** A further outcome: of the same record it was written again after a crash; of another it must not be there. */
function copy(outcome: Trace, first: Trace): Hop {
  const isSame =
    outcome.source?.offset === first.source?.offset && outcome.source?.partition === first.source?.partition;
  return isSame
    ? { ...at(outcome), what: 'redelivered', why: 'the same decision again: left out of every total', tone: 'dim' }
    : { ...at(outcome), what: 'decided again', why: 'a second decision: the audit says more', tone: 'bad' };
}

function counting(outcome: Trace, state: State): Hop[] {
  const folded = progressOf(state, state.pipeline.groups.analytics, outcome) > outcome.offset;
  const what = folded ? 'counted' : 'not counted';
  const why = folded ? 'analytics has folded it' : 'analytics has not come this far';
  return [{ at: outcome.timestamp, what, where: '', why, afterMs: null, ...(folded ? {} : { tone: 'work' as const }) }];
}

function waiting(order: Trace, state: State): Hop {
  const before = order.offset - progressOf(state, state.pipeline.groups.inventory, order);
  const why = before > 0 ? `${count(before)} records of its partition are before it` : 'it is next in its partition';
  return { at: order.timestamp, what: 'waiting', where: '', why, tone: 'work', afterMs: null };
}

/** Next offset of a partition that a group has not done yet. */
function progressOf(state: State, groupId: string, { topic, partition }: Trace): number {
  const found = state.groups[groupId]?.partitions.find((each) => each.topic === topic && each.partition === partition);
  return found?.progress ?? 0;
}
