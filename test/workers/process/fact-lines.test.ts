import { describe, expect, test } from 'vitest';
import type { LoadDigest } from '../../../src/workers/messages.ts';
import { lineOf } from '../../../src/workers/process/fact-lines.ts';

const slot = 'inventory/1';

describe('a fact as a line of the log', () => {
  test('says in a sentence what a member holds', () => {
    const assigned = [0, 2].map((partition) => ({ topic: 'orders', partition }));
    const joined = lineOf({ type: 'group-joined', slot, memberId: 'm', generation: 3, assigned });
    expect(joined).toEqual({
      level: 'info',
      sentence: 'joined generation 3 of its group and holds orders/0, orders/2',
      fields: { memberId: 'm', generation: 3, assigned },
    });
    const idle = lineOf({ type: 'group-joined', slot, memberId: 'm', generation: 3, assigned: [] });
    expect(idle.sentence).toContain('holds no partition');
  });

  test('is a warning where the worker helps itself, and an error where it waits for a person', () => {
    const where = { slot, topic: 'orders', partition: 1, reason: 'the topic was recreated' } as const;
    expect(lineOf({ type: 'send-doubted', slot, partition: 1, reason: 'no answer' }).level).toBe('warn');
    expect(lineOf({ type: 'state-recomputed', ...where }).level).toBe('warn');
    const halted = lineOf({ type: 'partition-halted', ...where });
    expect(halted).toMatchObject({ level: 'error', sentence: 'orders/1 is halted: the topic was recreated' });
  });

  test('of a load that ended holds its report without buckets', () => {
    const nothing = { count: 0, p50: 0, p99: 0, p999: 0, max: 0 };
    const report = { run: 'r', rate: 500, produced: 1_000, achieved: 498.6, delay: nothing, publish: nothing };
    const whole = { ...report, published: { boundsMs: [1], counts: [1, 0], sumMs: 1 } } as unknown as LoadDigest;
    const { sentence, fields } = lineOf({ type: 'load-finished', slot: 'load/1', report: whole, stopped: true });
    expect(sentence).toBe('the load was stopped after 1,000 records, 499 a second');
    expect(fields).toMatchObject({ run: 'r', produced: 1_000, stopped: true, publish: nothing });
    expect(fields).not.toHaveProperty('published');
  });
});
