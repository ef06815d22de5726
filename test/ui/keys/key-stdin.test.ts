import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyStdin, LONGEST_PASTE } from '../../../src/ui/keys/key-stdin.ts';
import { nextToken } from '../../../src/ui/keys/tokens.ts';

/** A keyboard without a terminal, and what comes out behind it. */
function keyboard(of: { typing?: () => { newline: string } | undefined; isReady?: () => boolean } = {}) {
  const source = Object.assign(new EventEmitter(), {
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
    setEncoding: () => undefined,
    resume: () => undefined,
    pause: () => undefined,
  });
  const heard: string[] = [];
  const keys = new KeyStdin(source, {
    typing: of.typing ?? (() => undefined),
    isReady: of.isReady ?? (() => true),
    control: (chord) => void heard.push(`<${chord}>`),
    stray: () => void heard.push('<stray>'),
    cut: (taken, left) => void heard.push(`<${taken} taken, ${left} left>`),
  });
  keys.on('data', (data: string) => heard.push(data));
  keys.setRawMode(true);
  const type = async (...reads: string[]) => {
    for (const read of reads) source.emit('data', read);
    await expect.poll(() => idle(heard)).toBe(true);
    return heard;
  };
  return { type, heard };
}

let last = -1;
/** Nothing new since the last look. */
function idle(heard: readonly string[]): boolean {
  const still = heard.length === last;
  last = heard.length;
  return still;
}

describe('standard input', () => {
  test('gives one key at a time, however they arrive', async () => {
    expect(await keyboard().type('5z', 'j\r')).toEqual(['5', 'z', 'j', '\r']);
  });

  test('gives what is typed into a field as one, and an Enter behind it', async () => {
    expect(await keyboard({ typing: () => ({ newline: '; ' }) }).type('load 5k\r')).toEqual(['load 5k', '\r']);
  });

  test('takes a bracketed paste as one text, its lines joined', async () => {
    const typing = () => ({ newline: '; ' });
    expect(await keyboard({ typing }).type('\u001b[200~load 1k\r\nwait ', 'idle\n\u001b[201~')).toEqual([
      'load 1k; wait idle',
    ]);
  });

  test('takes several lines in one read for a paste where a field is in use', async () => {
    expect(await keyboard({ typing: () => ({ newline: ' ' }) }).type('a\rb\rc\r')).toEqual(['a b c']);
  });

  test('takes as much of a paste as a field can hold, and says how much it left out', async () => {
    const [text, said] = await keyboard({ typing: () => ({ newline: ' ' }) }).type(
      `\u001b[200~${'x'.repeat(50_000)}\u001b[201~`,
    );
    expect(text).toHaveLength(LONGEST_PASTE);
    expect(said).toBe(`<${LONGEST_PASTE} taken, ${50_000 - LONGEST_PASTE} left>`);
  });

  test('does not take a paste for keys', async () => {
    expect(await keyboard().type('\u001b[200~q\u001b[201~')).toEqual(['<stray>']);
  });

  test('knows escape from what begins with it', async () => {
    expect(await keyboard().type('\u001b')).toEqual(['<esc>']);
    expect(await keyboard().type('\u001b[A')).toEqual(['\u001b[A']);
    expect(await keyboard().type('\u001b', '[A')).toEqual(['\u001b[A']);
    expect(await keyboard().type('\u001b\u001b')).toEqual(['<esc>', '<esc>']);
  });

  test('keeps mouse and focus to itself', async () => {
    expect(await keyboard().type('\u001b[<0;10;5Mx\u001b[I\u001b[M !!y\u001b[?62;c')).toEqual(['x', 'y']);
  });

  test('takes alt for escape and a key that had to wait, but keeps it from text fields', async () => {
    expect(await keyboard().type('\u001b:')).toEqual(['<esc>', ':']);
    expect(await keyboard({ typing: () => ({ newline: ' ' }) }).type('a\u001bbc')).toEqual(['a', 'c']);
  });

  test('tells ctrl chords past every text field', async () => {
    expect(await keyboard({ typing: () => ({ newline: ' ' }) }).type('a\u0001b\u0003')).toEqual([
      'a',
      '<ctrl+a>',
      'b',
      '<ctrl+c>',
    ]);
  });

  test('waits for a field that does not listen yet', async () => {
    let turns = 0;
    expect(await keyboard({ isReady: () => ++turns > 20 }).type('ab')).toEqual(['a', 'b']);
    expect(turns).toBeGreaterThan(20);
  });
});

describe('tokens', () => {
  test('use up any input, and text comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (input) => {
        let rest = input;
        while (rest !== '') {
          const token = nextToken(rest);
          if (token.is === 'unfinished') break;
          expect(token.length).toBeGreaterThan(0);
          if (token.is === 'text') expect(rest.startsWith(token.text)).toBe(true);
          rest = rest.slice(token.length);
        }
      }),
    );
  });
});
