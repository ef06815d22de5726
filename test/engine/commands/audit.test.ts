import { describe, expect, test } from 'vitest';
import { createPartitionReader } from '../../../src/kafka/partition-reader.ts';
import { totalsOf } from '../../../src/orders/totals.ts';
import { memoryBook } from '../../../src/workers/analytics/book.ts';
import { Desk } from '../../../src/workers/analytics/desk.ts';
import { orderValue, outcomeValue } from '../../orders/events.ts';
import { createFakeWorld } from '../../workers/fake-world.ts';
import { createHome } from '../../workers/homes.ts';
import { createEmbeddedEngine } from '../embedded.ts';
import { TOPICS } from '../fake-cluster.ts';
import { analyticsDigest, NO_TOTALS } from '../fake-hall.ts';

const { orders, inventoryEvents } = TOPICS;
const PLACES = [orders, inventoryEvents].flatMap((topic) => [0, 1, 2].map((partition) => ({ topic, partition })));

/** A desk of analytics that has folded everything the log holds now. */
async function readUp({ connection }: Awaited<ReturnType<typeof createEmbeddedEngine>>) {
  const reader = createPartitionReader(connection);
  const book = memoryBook(TOPICS);
  const source = { start() {}, stop: async () => {}, seek() {}, pause() {}, resume() {}, commit: async () => {} };
  const home = createHome(createFakeWorld(), { slot: 'analytics/1' });
  const desk = new Desk({ home, book, reader, source: { ...source, memberId: 'm', generation: 1 } });
  desk.assigned = PLACES;
  for (const { topic, partition } of PLACES) {
    const { low, high } = (await reader.watermarks(topic, [partition])).get(partition) ?? { low: 0, high: 0 };
    for await (const records of reader.read(topic, partition, { from: low, to: high })) {
      for (const { offset, value } of records) book.ledger.fold(topic, partition).apply(offset, value);
    }
  }
  reader.close();
  return analyticsDigest({ partitions: desk.views(), totals: totalsOf(book.ledger) });
}

/** Six decided orders in partition 1, the first two of which are gone from both topics; partition 2 is empty. */
async function parts() {
  const all = await createEmbeddedEngine();
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const records = (values: Buffer[]) => values.map((value) => ({ key: null, value, timestamp: 1 }));
  await all.put(orders, 1, records(ids.map((id) => orderValue(id))));
  await all.put(
    inventoryEvents,
    1,
    records(ids.map((orderId, offset) => outcomeValue({ orderId, partition: 1, offset }))),
  );
  const removeTwo = async () => {
    for (const topic of [orders, inventoryEvents]) await all.deleteBefore(topic, 1, 2);
  };
  const audit = async (digest: ReturnType<typeof analyticsDigest>) => {
    all.events.emit({ type: 'digest-arrived', digest });
    const { data } = await all.engine.dispatch({ verb: 'audit' });
    return data as { clean: boolean; compared: boolean; disagreements: unknown[] };
  };
  return { ...all, removeTwo, audit };
}

describe('audit of a log that retention has shortened', () => {
  test('what began to fold behind the gap is compared exactly, and an error in it is found', async () => {
    const all = await parts();
    await all.removeTwo();
    const digest = await readUp(all);
    expect(digest.partitions.map(({ first }) => first)).toEqual([-1, 2, -1, -1, 2, -1]);
    expect(await all.audit(digest)).toMatchObject({ clean: true, compared: true, disagreements: [] });
    const wrong = { ...digest, totals: { ...digest.totals, total_orders: 6 } };
    expect(await all.audit(wrong)).toMatchObject({
      clean: false,
      compared: true,
      disagreements: [{ counter: 'total_orders', told: 6, counted: 4 }],
    });
  });

  test('what was folded before the records went cannot be compared, and is not called wrong', async () => {
    const all = await parts();
    const digest = await readUp(all);
    await all.removeTwo();
    expect(await all.audit(digest)).toMatchObject({ clean: true, compared: false });
  });

  test('during a replay the positions are not those of the numbers on show: nothing is compared', async () => {
    const all = await parts();
    const replay = {
      phase: 'folding',
      ranges: [],
      folded: 0,
      records: 6,
      held: NO_TOTALS,
      replayed: NO_TOTALS,
    } as const;
    const digest = { ...(await readUp(all)), replay: { ...replay, ranges: [] } };
    expect(await all.audit(digest)).toMatchObject({ clean: true, compared: false });
  });
});
