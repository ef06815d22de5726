import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawScreen } from '../../src/ui/screen.ts';
import { PANES, type View } from '../../src/ui/types.ts';
import { eventful, NOW, view } from './states.ts';
import { stripped } from './stripped.ts';
import { tornIn } from './torn.ts';

const size = fc.record({ columns: fc.integer({ min: 60, max: 250 }), rows: fc.integer({ min: 18, max: 70 }) });
const eye = fc.record({ size, focus: fc.constantFrom(...PANES), isZoomed: fc.boolean() });

/** The screen as a terminal would show it. */
function shown(of: Pick<View, 'size' | 'focus' | 'isZoomed'>): string[][] {
  const rows = Array.from({ length: of.size.rows }, () => Array<string>(of.size.columns).fill(' '));
  for (const { rect, text } of drawScreen({ state: eventful(), now: NOW, waiting: 0 }, view(of)).pieces) {
    stripped(text)
      .split('\n')
      .forEach((line, y) => {
        rows[rect.y + y]?.splice(rect.x, rect.width, ...line);
      });
  }
  return rows;
}

const seen = (rows: readonly string[][], wrapped = 0) => ({
  screen: () => rows.map((row) => row.join('')),
  wrapped: () => wrapped,
});

describe('a torn screen', () => {
  test('is none that is drawn, at any size and whatever is in sight', () => {
    fc.assert(
      fc.property(eye, (of) => {
        expect(tornIn(seen(shown(of)), of)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  test('is one without a cell of a border, with a rest of another frame, without its footer, or wrapped', () => {
    const of = { size: { columns: 100, rows: 30 }, focus: 'lag', isZoomed: false } as const;
    const changed = (x: number, y: number, to: string) => {
      const rows = shown(of);
      rows[y]?.splice(x, 1, to);
      return tornIn(seen(rows), of);
    };
    expect(changed(99, 10, ' ')).toMatch(/^pane faults: row 10|^pane lag: row 10/);
    expect(changed(0, 3, ' ')).toMatch(/corner/);
    expect(changed(50, 1, '╮')).toBe('9 corners of 2 panes');
    expect(changed(97, 29, '?')).toMatch(/no footer/);
    expect(tornIn(seen(shown(of), 2), of)).toBe('2 rows are wrapped');
    expect(tornIn(seen(shown(of).slice(1)), of)).toBe('29 rows instead of 30');
    expect(tornIn(seen(shown({ ...of, size: { columns: 99, rows: 30 } })), of)).toBeDefined();
  });
});
