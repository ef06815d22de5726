import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/engine/language/fault.ts';
import { type Line, lex } from '../../../src/engine/language/lex.ts';
import { quote } from '../../../src/engine/language/quote.ts';

function lexed(text: string): { lines: Line[]; faults: Omit<Fault, 'code'>[] } {
  const faults: Omit<Fault, 'code'>[] = [];
  const lines = lex({ name: 'f', text }, (sentence, at) => faults.push({ sentence, at }));
  return { lines, faults };
}

function words(text: string): string[][] {
  return lexed(text).lines.map((line) => line.words.map((word) => word.text));
}

describe('lexer', () => {
  test('semicolons and line ends separate commands, blank ones are none', () => {
    expect(words('load 10k; wait idle;;\n\n  lag \r\nquit')).toEqual([
      ['load', '10k'],
      ['wait', 'idle'],
      ['lag'],
      ['quit'],
    ]);
  });

  test('# begins a comment at the start of a word and nowhere else', () => {
    expect(words('# all\nsay a#b # c; say d\nlag')).toEqual([['say', 'a#b'], ['lag']]);
  });

  test('quotes are taken off as a shell does it', () => {
    expect(words(`say 'a; b # "c" \\' "d \\" \\\\ \\n 'e'" f' 'g"h"\\ i`)).toEqual([
      ['say', 'a; b # "c" \\', "d \" \\ \\n 'e'", 'f gh i'],
    ]);
  });

  test('quoted text may span lines, and a backslash joins two', () => {
    expect(words("say 'a\nb' \\\n  c\nlag")).toEqual([['say', 'a\nb', 'c'], ['lag']]);
  });

  test('empty quotes are a word', () => {
    expect(words('say \'\' ""')).toEqual([['say', '', '']]);
  });

  test('every word knows line and column, counted in characters', () => {
    const { lines } = lexed("lag\n say '🌯\n🌯' x; quit");
    expect(lines.flatMap((line) => line.words.map(({ text, at }) => [text, at.line, at.column]))).toEqual([
      ['lag', 1, 1],
      ['say', 2, 2],
      ['🌯\n🌯', 2, 6],
      ['x', 3, 4],
      ['quit', 3, 7],
    ]);
  });

  test('a command keeps its own text, without what surrounds it', () => {
    expect(lexed(" load  10k ; say 'a' # b").lines.map((line) => line.text)).toEqual(['load  10k', "say 'a'"]);
  });

  test('a quote that is never closed is a fault where it opens', () => {
    expect(lexed('lag\nsay "a b; lag').faults).toEqual([
      { sentence: 'this " is never closed', at: { file: 'f', line: 2, column: 5 } },
    ]);
  });

  test('what stood in quotes is not bare', () => {
    const [line] = lexed('a--b "--c" --d="e f"').lines;
    expect(line?.words.map((word) => word.bare)).toEqual([4, 0, 4]);
  });

  test('it never throws, and no word spans what separates', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab;#\'"\\ \n\t🌯-='), maxLength: 40 }), (text) => {
        for (const line of lexed(text).lines) expect(line.words.length).toBeGreaterThan(0);
      }),
    );
  });

  test('any text that is quoted comes back as one word', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 1, maxLength: 4 }), (texts) => {
        expect(words(texts.map(quote).join(' '))).toEqual([texts]);
      }),
    );
  });
});
