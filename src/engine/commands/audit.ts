import { audit } from '../../audit/audit.ts';
import type { Verdict, WorkersSay } from '../../audit/verdict.ts';
import type { Hall, Run } from '../hall.ts';
import { pairs } from '../print/columns.ts';
import { count, many } from '../print/quantity.ts';
import type { State } from '../state.ts';

/** Reads and folds the whole log by other code than the workers', and compares with what they say at their offsets. */
export const run: Run<'audit'> = async (hall, _, signal) => {
  await hall.refresh(['total_orders'], signal);
  const state = hall.events.store.getState();
  const { orders, inventoryEvents } = hall.pipeline.topics;
  const say = workersSay(state);
  const verdict = await audit({
    reader: readerOf(hall),
    topics: { orders, inventoryEvents },
    partitions: Array.from({ length: state.topics.partitions }, (_, partition) => partition),
    ...(say ? { workersSay: say } : {}),
    signal,
  });
  const text = printVerdict(verdict);
  hall.events.emit({ type: 'audit-finished', clean: verdict.clean, sentence: text[0] ?? '' });
  return { data: verdict, text };
};

function readerOf({ cluster }: Hall): Parameters<typeof audit>[0]['reader'] {
  return {
    watermarks: async (topic) => new Map((await cluster.watermarks(topic)).entries()),
    read: cluster.read,
  };
}

/**
 * Totals and positions of one and the same digest; nothing when analytics is down or holds only some partitions, and
 * during a replay, when the positions are those of the second state.
 */
function workersSay({ workers, analytics }: State): WorkersSay | undefined {
  const digest = Object.values(workers).find((w) => w.kind === 'analytics' && w.thread === 'ready')?.digest;
  if (digest?.kind !== 'analytics' || analytics.partialBecause !== '' || digest.replay) return undefined;
  const { orders_per_minute: _, ...counters } = digest.totals;
  const offsets = digest.partitions.map(({ topic, partition, first, position }) => ({
    topic,
    partition,
    first,
    next: position,
  }));
  return { counters, offsets };
}

/** The verdict in a sentence, then what was found, with places. `alone`: nobody was asked what the workers say. */
export function printVerdict(verdict: Verdict, { alone = false } = {}): string[] {
  const { clean, records, pending, compared, disagreements, findings, removed } = verdict;
  const told = compared ? ', the workers say the same' : ', what the workers say could not be compared';
  const read = `${many(records, 'record')} read`;
  const first = clean ? `clean: ${read}${alone ? '' : told}` : `dirty: ${read}`;
  const sums = findings.map((f) => [`  ${f.name}`, `${count(f.count)}${f.dirty ? '  must be 0' : ''}`] as const);
  return [
    `${first}${pending > 0 ? `, ${many(pending, 'order')} pending` : ''}`,
    ...disagreements.map((d) => `  ${d.counter}: the workers say ${d.told}, the log says ${d.counted}`),
    ...pairs(sums),
    ...removed.map((r) => `  ${r.topic}/${r.partition}: records below ${r.low} are gone by retention`),
    ...findings
      .filter((f) => f.dirty)
      .flatMap((f) => f.examples.map((place) => `  ${f.name} at ${JSON.stringify(place)}`)),
  ];
}
