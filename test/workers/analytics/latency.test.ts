import { describe, expect, test } from 'vitest';
import { Latency } from '../../../src/workers/analytics/latency.ts';

const key = (id: string) => Buffer.from(id);
const SINCE = 500;

describe('latency of a load', () => {
  test('an order and its outcome are paired, whichever is read first', () => {
    const latency = new Latency(SINCE);
    latency.begin('run');
    latency.placed(0, 5, 1_000, true);
    latency.folded(0, 5, 1_030, 1_010);
    latency.folded(1, 5, 1_050, 1_010);
    latency.placed(1, 5, 1_000, true);
    expect(latency.read().count).toBe(2);
    expect(latency.read().p50).toBeCloseTo(30, 1);
    expect(latency.read().max).toBeCloseTo(50, 1);
  });

  test('only orders of the load are in its percentiles', () => {
    const latency = new Latency(SINCE);
    latency.begin('run');
    const keys = ['run-1', 'other-1', 'run', 'run-', 'runner-1'].map(key);
    expect([...keys, null].filter((each) => latency.measures(each))).toEqual([key('run-1')]);
    expect(new Latency(SINCE).measures(key('run-1'))).toBe(false);
    latency.placed(0, 1, 1_000, false);
    latency.folded(0, 1, 1_030, 1_010);
    expect(latency.read().count).toBe(0);
  });

  test('partitions with the same offsets are kept apart', () => {
    const latency = new Latency(SINCE);
    latency.begin('run');
    latency.placed(0, 1, 1_000, true);
    latency.folded(1, 1, 1_010, 1_005);
    expect(latency.read().count).toBe(0);
  });

  test('a new load forgets the one before, halves of pairs included', () => {
    const latency = new Latency(SINCE);
    expect(latency.isOn).toBe(false);
    latency.begin('one');
    latency.placed(0, 1, 1_000, true);
    latency.begin('two');
    expect(latency.isOn).toBe(true);
    latency.folded(0, 1, 1_010, 1_005);
    expect(latency.read().count).toBe(0);
  });
});

describe('latency of all orders', () => {
  const measured = (latency: Latency) => latency.buckets().counts.at(-1);

  test('orders of every load and of none are counted', () => {
    const latency = new Latency(SINCE);
    latency.placed(0, 1, 1_000, false);
    latency.begin('one');
    latency.placed(0, 2, 1_000, true);
    latency.begin('two');
    for (const offset of [1, 2]) latency.folded(0, offset, 1_010, 1_005);
    expect(latency.buckets()).toMatchObject({ sumMs: 20 });
    expect(measured(latency)).toBe(2);
  });

  test('an order of an old log counts for nothing', () => {
    const latency = new Latency(SINCE);
    latency.placed(0, 1, SINCE - 1, false);
    latency.folded(0, 1, 9_000, 9_000);
    latency.folded(0, 2, 9_000, 9_000);
    latency.placed(0, 2, SINCE - 1, false);
    expect(measured(latency)).toBe(0);
  });

  test('what waited in a log that is another one now is paired with nothing', () => {
    const latency = new Latency(SINCE);
    latency.placed(0, 1, 1_000, false);
    latency.clear();
    latency.folded(0, 1, 2_000, 2_000);
    expect(measured(latency)).toBe(0);
  });
});
