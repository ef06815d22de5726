import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, cut, padEnd, padStart } from '../../src/ui/cells.ts';
import { frame } from '../../src/ui/frame.ts';
import { toAscii } from '../../src/ui/glyphs.ts';
import { paint } from '../../src/ui/paint.ts';
import { stripped } from './stripped.ts';

const LOOK = { ascii: false, color: true, fields: {}, typing: null };

describe('cells', () => {
  test('of wide and combining characters are counted as terminals do', () => {
    expect([cellsOf('o-1'), cellsOf('注文'), cellsOf('e\u0301'), cellsOf('●')]).toEqual([3, 4, 1, 1]);
  });

  test('are filled exactly by any text, cut or padded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }), (text, width) => {
        for (const pad of [padEnd, padStart]) expect(cellsOf(pad(text, width))).toBe(width);
        expect(cellsOf(cut(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('keep their number in ASCII', () => {
    const drawn = '╭─ 5 Lag ━┓│┃ ▁▂▃▄▅▆▇█░ ● ↑↓→ × – … ▐x▌';
    expect(toAscii(drawn)).toMatch(/^[ -~]*$/);
    expect(cellsOf(toAscii(drawn))).toBe(cellsOf(drawn));
  });
});

describe('a painting', () => {
  test('has rows of exactly its width, whatever is in them', () => {
    const segment = fc.record({ text: fc.string({ unit: 'binary' }) });
    fc.assert(
      fc.property(fc.array(fc.array(segment)), fc.integer({ min: 1, max: 40 }), (lines, width) => {
        const rows = stripped(paint(lines, width, 5, { ...LOOK, color: false }).text).split('\n');
        expect(rows.map(cellsOf)).toEqual([width, width, width, width, width]);
      }),
      { numRuns: 40 },
    );
  });

  test('shows control characters instead of obeying them', () => {
    expect(paint([[{ text: 'a\u001b[2Jb\rc' }]], 10, 1, LOOK).text).toBe('a·[2Jb·c  ');
  });

  test('leaves the cells of the field in use free, and says where they are', () => {
    const line = [{ text: 'id ' }, { field: 'order-id', width: 6 } as const, { text: '|' }];
    expect(paint([[], line], 12, 2, { ...LOOK, fields: { 'order-id': 'o-77' } }).text).toBe(
      `${' '.repeat(12)}\nid o-77  |  `,
    );
    const inUse = paint([[], line], 12, 2, {
      ...LOOK,
      fields: { 'order-id': 'o-77' },
      typing: { field: 'order-id', revision: 1 },
    });
    expect(inUse.text).toBe(`${' '.repeat(12)}\nid       |  `);
    expect(inUse.field).toEqual({ field: 'order-id', x: 3, y: 1, width: 6 });
  });

  test('speaks without colour by weight alone', () => {
    const tones = (['good', 'bad', 'work', 'mark', 'focus'] as const).map((tone) => ({ text: 'x', tone }));
    const escapes = paint([tones], 5, 1, { ...LOOK, color: false })
      .text.split('x')
      .join('')
      .split('\u001b[')
      .filter(Boolean);
    expect(new Set(escapes)).toEqual(new Set(['1m', '22m']));
  });
});

describe('a frame', () => {
  test('says title and note in its border, and is heavy where the focus is', () => {
    const text = (isFocused: boolean) =>
      stripped(
        paint(frame([[{ text: ' in' }]], { title: '5 Lag', note: 'since 12:01', isFocused }, 28, 3), 28, 3, LOOK).text,
      );
    expect(`\n${text(false)}\n${text(true)}\n`).toMatchInlineSnapshot(`
      "
      ╭─ 5 Lag ──── since 12:01 ─╮
      │ in                       │
      ╰──────────────────────────╯
      ┏━ 5 Lag ━━━━ since 12:01 ━┓
      ┃ in                       ┃
      ┗━━━━━━━━━━━━━━━━━━━━━━━━━━┛
      "
    `);
  });

  test('cuts a title and a note that do not fit', () => {
    const caption = { title: 'a title that is long', note: 'and a note', isFocused: false };
    expect(stripped(paint(frame([], caption, 14, 2), 14, 2, LOOK).text)).toBe('╭─ a title… ─╮\n╰────────────╯');
  });
});
