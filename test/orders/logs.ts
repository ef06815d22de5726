import fc from 'fast-check';
import { legacyValue, orderValue, outcomeValue, TOPICS } from './events.ts';
import type { LogRecord } from './model.ts';

const PARTITIONS = 3;
const partition = fc.nat(PARTITIONS - 1);
const orderId = fc.nat(12).map((id) => `o-${id}`);
const kind = fc.constantFrom('reserved' as const, 'failed' as const);
const broken = fc.constantFrom(
  null,
  Buffer.from('nope'),
  Buffer.from('{}'),
  Buffer.from('{"eventType":"OrderPlaced"}'),
);
const time = fc.constantFrom(
  '2026-02-19T04:30:00.000Z',
  '2026-02-19T04:31:59.999Z',
  '2025-12-31T23:59:00+00:00',
  'soon',
);

const order = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(orderId, time).map(([id, at]) => orderValue(id, at)) },
  { weight: 1, arbitrary: broken },
);

type Source = { orderId: string; kind: 'reserved' | 'failed'; partition: number; offset: number };

const source: fc.Arbitrary<Source> = fc.record({ orderId, kind, partition, offset: fc.nat(20) });

/** Outcomes of every sort: of this partition, of another, of an older producer, with a wrong id, odd, broken. */
const outcome = fc.oneof(
  { weight: 12, arbitrary: source.map((parts) => ({ parts })) },
  { weight: 1, arbitrary: source.map(({ orderId: id, kind: of }) => legacyValue(id, of)) },
  {
    weight: 1,
    arbitrary: source.map((parts) =>
      Buffer.from(
        outcomeValue(parts)
          .toString()
          .replace(/"eventId":"..../, '"eventId":"0000'),
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: source.map((parts) => Buffer.from(outcomeValue(parts).toString().replace('"partition"', '"part"'))),
  },
  { weight: 1, arbitrary: broken },
);

const step = fc.record({
  partition,
  gap: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 9 })),
  order,
  outcome,
  isOrder: fc.boolean(),
  stray: fc.nat(9),
});

/**
 * A log of both topics in an order of arrival: duplicates, redeliveries, zombies (source offsets that go back), strays
 * in other partitions, older producers, foreign and broken records, and gaps between offsets.
 */
export const anyLog: fc.Arbitrary<LogRecord[]> = fc.array(step, { maxLength: 120, size: 'max' }).map((steps) => {
  const ends = new Map<string, number>();
  return steps.map(({ partition: at, gap, order: placed, outcome: decided, isOrder, stray }) => {
    const topic = isOrder ? TOPICS.orders : TOPICS.inventoryEvents;
    const offset = (ends.get(`${topic}/${at}`) ?? -1) + gap;
    ends.set(`${topic}/${at}`, offset);
    const own =
      decided !== null && 'parts' in decided
        ? outcomeValue({ ...decided.parts, partition: stray === 0 ? decided.parts.partition : at })
        : decided;
    return { topic, partition: at, offset, value: isOrder ? placed : own };
  });
});

/** The same log as another reader may meet it: order kept within each topic-partition, and any between them. */
export function interleave(log: readonly LogRecord[], picks: readonly number[]): LogRecord[] {
  const byPartition = new Map<string, LogRecord[]>();
  for (const record of log) {
    const place = `${record.topic}/${record.partition}`;
    byPartition.set(place, [...(byPartition.get(place) ?? []), record]);
  }
  const queues = [...byPartition.values()];
  return log.map((_, i) => {
    const open = queues.filter((queue) => queue.length > 0);
    return (open[(picks[i % picks.length] ?? 0) % open.length] as LogRecord[]).shift() as LogRecord;
  });
}
