import { describe, expect, test } from 'vitest';
import { VERDICTS } from '../../../src/engine/lag/group-lag.ts';
import { verdictOf, worst } from '../../../src/engine/lag/verdict.ts';

const LATE = { at: 100_000, lag: 10, behindMs: 60_000, etaMs: null, movedAt: 99_000, caughtUpAt: 0 };
const CALM = { groupState: 'Stable', owned: true, paused: false, replaying: false, throttleMs: 0 };

describe('verdict of one look', () => {
  test.each([
    ['falling behind', LATE, CALM],
    ['ok', { ...LATE, lag: 0 }, CALM],
    ['ok', { ...LATE, lag: 0, movedAt: 0 }, { ...CALM, owned: false }],
    ['ok', { ...LATE, behindMs: 4999 }, CALM],
    ['ok', { ...LATE, caughtUpAt: 70_000 }, CALM],
    ['catching up', { ...LATE, etaMs: 1000 }, CALM],
    ['stalled', { ...LATE, movedAt: 85_000 }, CALM],
    ['stalled', { ...LATE, movedAt: 85_000 }, { ...CALM, throttleMs: 20 }],
    ['throttled', { ...LATE, movedAt: 85_000 }, { ...CALM, throttleMs: 6000 }],
    ['throttled', LATE, { ...CALM, throttleMs: 20 }],
    ['stopped', LATE, { ...CALM, owned: false, groupState: 'Empty' }],
    ['stopped', LATE, { ...CALM, owned: false }],
    ['rebalancing', LATE, { ...CALM, owned: false, groupState: 'PreparingRebalance' }],
    ['rebalancing', LATE, { ...CALM, groupState: 'CompletingRebalance' }],
    ['paused', { ...LATE, movedAt: 0 }, { ...CALM, paused: true }],
    ['replaying', { ...LATE, lag: 0 }, { ...CALM, replaying: true }],
  ] as const)('%s', (verdict, look, around) => {
    expect(verdictOf(look, around)).toBe(verdict);
  });

  test('the worst of several is named; what the operator wanted is never worse than a fault', () => {
    expect(worst([])).toBe('ok');
    expect(worst(['ok', 'stalled', 'paused'])).toBe('stalled');
    expect(worst(['paused', 'falling behind', 'throttled'])).toBe('falling behind');
    expect(worst(VERDICTS)).toBe('stopped');
  });
});
