import { describe, expect, test } from 'vitest';
import { Latency } from '../../../src/workers/analytics/latency.ts';

const key = (id: string) => Buffer.from(id);

describe('latency', () => {
  test('an order and its outcome are paired, whichever is read first', () => {
    const latency = new Latency();
    latency.begin('run');
    latency.placed(0, 5, 1_000);
    latency.folded(0, 5, 1_030);
    latency.folded(1, 5, 1_050);
    latency.placed(1, 5, 1_000);
    expect(latency.read().count).toBe(2);
    expect(latency.read().p50).toBeCloseTo(30, 1);
    expect(latency.read().max).toBeCloseTo(50, 1);
  });

  test('only orders of the load are measured', () => {
    const latency = new Latency();
    latency.begin('run');
    const keys = ['run-1', 'other-1', 'run', 'run-', 'runner-1'].map(key);
    expect([...keys, null].filter((each) => latency.measures(each))).toEqual([key('run-1')]);
    expect(new Latency().measures(key('run-1'))).toBe(false);
  });

  test('partitions with the same offsets are kept apart', () => {
    const latency = new Latency();
    latency.begin('run');
    latency.placed(0, 1, 1_000);
    latency.folded(1, 1, 1_010);
    expect(latency.read().count).toBe(0);
  });

  test('an order too far back is left out rather than paired with another', () => {
    const latency = new Latency();
    latency.begin('run');
    latency.placed(0, 3, 1_000);
    latency.placed(0, 3 + 2 ** 18, 2_000);
    latency.folded(0, 3, 2_010);
    expect(latency.read().count).toBe(0);
    latency.folded(0, 3 + 2 ** 18, 2_020);
    expect(latency.read().count).toBe(1);
    expect(latency.read().p50).toBeCloseTo(20, 1);
  });

  test('a new load forgets the one before, halves of pairs included', () => {
    const latency = new Latency();
    expect(latency.isOn).toBe(false);
    latency.begin('one');
    latency.placed(0, 1, 1_000);
    latency.begin('two');
    expect(latency.isOn).toBe(true);
    latency.folded(0, 1, 1_010);
    expect(latency.read().count).toBe(0);
  });
});
