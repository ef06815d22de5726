import { describe, expect, test } from 'vitest';
import { metadataOf, startOffset } from '../../../src/workers/inventory/start-offset.ts';

const NONE = { offset: -1, metadata: '' };
const ours = (offset: number, w: number) => ({ offset, metadata: metadataOf(w) });

describe('start offset', () => {
  test('an empty output and no commit: from the beginning, silently', () => {
    expect(startOffset(-1, NONE, 0)).toEqual({ offset: 0, ignored: '' });
  });

  test('no commit: after W, silently', () => {
    expect(startOffset(9, NONE, 0)).toEqual({ offset: 10, ignored: '' });
  });

  test('a commit that names this W is followed: what lies between had no outcome', () => {
    expect(startOffset(9, ours(25, 9), 0)).toEqual({ offset: 25, ignored: '' });
    expect(startOffset(-1, ours(3, -1), 0)).toEqual({ offset: 3, ignored: '' });
  });

  test('a commit older than the output, as after a crash, is passed over silently', () => {
    expect(startOffset(9, ours(5, 4), 0)).toEqual({ offset: 10, ignored: '' });
    expect(startOffset(9, ours(10, 4), 0)).toEqual({ offset: 10, ignored: '' });
  });

  test('a commit of ours that is ahead with another W: the output lost its tail, and that is said', () => {
    const { offset, ignored } = startOffset(9, ours(50, 49), 0);
    expect(offset).toBe(10);
    expect(ignored).toContain('w=49');
    expect(ignored).toContain('W=9');
  });

  test.each([
    ['back', 3],
    ['forward', 500],
  ])("another tool's reset %s is ignored, and that is said", (_, committed) => {
    const { offset, ignored } = startOffset(9, { offset: committed, metadata: '' }, 0);
    expect(offset).toBe(10);
    expect(ignored).toContain('another client');
  });

  test('a foreign commit that says the same as the output needs no word', () => {
    expect(startOffset(9, { offset: 10, metadata: 'seed' }, 0)).toEqual({ offset: 10, ignored: '' });
  });

  test('what retention has removed cannot be decided any more', () => {
    expect(startOffset(9, NONE, 100)).toEqual({ offset: 100, ignored: '' });
    expect(startOffset(9, ours(25, 9), 100)).toEqual({ offset: 100, ignored: '' });
    expect(startOffset(-1, NONE, 7).offset).toBe(7);
  });

  test('a commit that names this W but lies before it does not rewind', () => {
    expect(startOffset(9, ours(2, 9), 0).offset).toBe(10);
  });
});
