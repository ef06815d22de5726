import { describe, expect, test } from 'vitest';
import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import type { OutRecord } from '../../../src/kafka/partition-producer.ts';
import { Lane } from '../../../src/workers/load/lane.ts';
import { createFakeWorld, settle } from '../fake-world.ts';

type Answer = 'acknowledged' | 'doubt' | 'refusal';

function stage() {
  const world = createFakeWorld();
  const giveUp = new AbortController();
  const batches: { records: readonly OutRecord[]; producer: number }[] = [];
  const counts = { sent: 0, acknowledged: 0, doubted: 0, refused: 0, opened: 0, closed: 0 };
  const answers: Answer[] = [];
  const gate = { isShut: false, open: () => {} };
  const open = () => {
    const producer = ++counts.opened;
    return {
      async send(records: readonly OutRecord[]) {
        batches.push({ records, producer });
        if (gate.isShut) await new Promise<void>((resolve) => Object.assign(gate, { open: resolve }));
        const answer = answers.shift() ?? 'acknowledged';
        if (answer === 'doubt') throw new SendDoubt(faultOfCode(7));
        if (answer === 'refusal') throw new SendDoubt(faultOfCode(10));
        return { baseOffset: 0 };
      },
      async close() {
        counts.closed += 1;
      },
    };
  };
  const count = (what: 'sent' | 'acknowledged' | 'doubted' | 'refused', records: number) => {
    counts[what] += records;
  };
  const lane = new Lane(
    world,
    open,
    {
      sent: () => count('sent', 1),
      acknowledged: (records) => count('acknowledged', records),
      doubted: (records) => count('doubted', records),
      refused: (records) => count('refused', records),
    },
    giveUp.signal,
  );
  const push = (count: number, bytes = 10) => {
    for (let i = 0; i < count; i++) lane.push({ key: `${i}`, value: 'x'.repeat(bytes), timestamp: world.now() });
  };
  return { world, giveUp, batches, counts, answers, gate, lane, push };
}

describe('lane', () => {
  test('sends by itself what fills a batch, and the rest when it is drained', async () => {
    const { lane, push, batches, counts } = stage();
    push(1_000);
    await settle();
    expect(counts.acknowledged).toBe(1_000);
    push(300);
    await settle();
    expect(counts.acknowledged).toBe(1_000);
    await lane.drain();
    expect(batches.map((b) => b.records.length)).toEqual([1_000, 300]);
    expect(counts).toMatchObject({ sent: 1_300, acknowledged: 1_300, opened: 1, closed: 1 });
    expect(lane.pending).toBe(0);
  });

  test('has one batch on its way and is full when another waits behind it', async () => {
    const { lane, push, batches, gate } = stage();
    gate.isShut = true;
    push(1_000);
    await settle();
    expect(lane.isFull).toBe(false);
    push(1_000);
    expect(lane.isFull).toBe(true);
    expect(batches).toHaveLength(1);
    gate.isShut = false;
    gate.open();
    await lane.settled();
    expect(lane.isFull).toBe(false);
    await lane.drain();
    expect(batches).toHaveLength(2);
  });

  test('large records make smaller batches, and one that is too large goes alone', async () => {
    const { lane, push, batches } = stage();
    push(3, 300_000);
    push(1, 900_000);
    await lane.drain();
    expect(batches.map((b) => b.records.length)).toEqual([1, 1, 1, 1]);
  });

  test('after a doubt the very same batch goes out again, by a new producer', async () => {
    const { lane, push, batches, counts, answers, world } = stage();
    answers.push('doubt', 'doubt');
    push(5);
    const drained = lane.drain();
    await world.elapse(1_000);
    await drained;
    expect(batches.map((b) => b.producer)).toEqual([1, 2, 3]);
    expect(batches[1]?.records).toEqual(batches[0]?.records);
    expect(counts).toMatchObject({ sent: 5, acknowledged: 5, doubted: 5, refused: 0, closed: 3 });
  });

  test('what is refused for good is counted and not sent again, and the lane goes on', async () => {
    const { lane, push, batches, counts, answers } = stage();
    answers.push('refusal');
    push(1_000);
    await settle();
    push(7);
    await lane.drain();
    expect(batches.map((b) => b.records.length)).toEqual([1_000, 7]);
    expect(counts).toMatchObject({ refused: 1_000, acknowledged: 7, doubted: 0 });
  });

  test('given up, it counts what is left as refused and ends', async () => {
    const { lane, push, counts, answers, giveUp, world } = stage();
    answers.push(...Array<Answer>(100).fill('doubt'));
    push(500);
    const drained = lane.drain();
    await world.elapse(1_000);
    giveUp.abort();
    await drained;
    expect(counts).toMatchObject({ refused: 500, doubted: 500, acknowledged: 0 });
    expect(lane.pending).toBe(0);
  });
});
