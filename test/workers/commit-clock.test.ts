import { describe, expect, test } from 'vitest';
import { isCommitDue } from '../../src/workers/commit-clock.ts';

const state = { isCommitted: false, isDrained: true, movedAt: 10_000, committedAt: 9_000 };

describe('commit clock', () => {
  test('what is committed is never due', () => {
    expect(isCommitDue({ ...state, isCommitted: true }, Number.POSITIVE_INFINITY)).toBe(false);
  });

  test('a drained partition is due when it has not moved for 50 ms', () => {
    expect(isCommitDue(state, 10_049)).toBe(false);
    expect(isCommitDue(state, 10_050)).toBe(true);
  });

  test('at most five times a second, however often it is drained', () => {
    const justCommitted = { ...state, committedAt: 9_900 };
    expect(isCommitDue(justCommitted, 10_099)).toBe(false);
    expect(isCommitDue(justCommitted, 10_100)).toBe(true);
  });

  test('while records wait, every two seconds', () => {
    const busy = { ...state, isDrained: false, movedAt: 10_999 };
    expect(isCommitDue(busy, 10_999)).toBe(false);
    expect(isCommitDue(busy, 11_000)).toBe(true);
  });

  test('at the end of time everything is due', () => {
    expect(isCommitDue({ ...state, isDrained: false }, Number.POSITIVE_INFINITY)).toBe(true);
  });
});
