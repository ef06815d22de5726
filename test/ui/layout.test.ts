import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../src/ui/cells.ts';
import { type Layout, layOut, type Rect } from '../../src/ui/layout.ts';
import { drawScreen } from '../../src/ui/screen.ts';
import { PANES } from '../../src/ui/types.ts';
import { eventful, NOW, view } from './states.ts';
import { stripped } from './stripped.ts';

const size = fc.record({ columns: fc.integer({ min: 60, max: 250 }), rows: fc.integer({ min: 18, max: 70 }) });
const eye = fc.record({ size, focus: fc.constantFrom(...PANES), isZoomed: fc.boolean() });

function rectsOf({ top, line, tabs, panes, facts, footer }: Layout): Rect[] {
  return [top, line, tabs, ...panes.map(({ rect }) => rect), facts, footer].filter((rect) => rect !== undefined);
}

describe('layout', () => {
  test('gives every cell of any size to exactly one place', () => {
    fc.assert(
      fc.property(eye, (of) => {
        const rects = rectsOf(layOut(of) as Layout);
        const cells = rects.reduce((sum, { width, height }) => sum + width * height, 0);
        expect(cells).toBe(of.size.columns * of.size.rows);
        for (const [i, a] of rects.entries()) {
          expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= of.size.columns && a.y + a.height <= of.size.rows).toBe(true);
          expect(rects.slice(i + 1).some((b) => touch(a, b))).toBe(false);
        }
      }),
    );
  });

  test('always shows the focused pane', () => {
    fc.assert(
      fc.property(eye, (of) => {
        expect(layOut(of)?.panes.map(({ id }) => id)).toContain(of.focus);
      }),
    );
  });

  test.each([
    [{ columns: 80, rows: 24 }, 1],
    [{ columns: 100, rows: 30 }, 2],
    [{ columns: 120, rows: 40 }, 7],
    [{ columns: 200, rows: 60 }, 7],
    [{ columns: 60, rows: 18 }, 1],
  ])('of %o has %i panes in sight', (of, count) => {
    expect(layOut({ size: of, focus: 'lag', isZoomed: false })?.panes).toHaveLength(count);
  });

  test('has no room below 60×18', () => {
    expect(layOut({ size: { columns: 59, rows: 18 }, focus: 'lag', isZoomed: false })).toBeUndefined();
    expect(layOut({ size: { columns: 60, rows: 17 }, focus: 'lag', isZoomed: false })).toBeUndefined();
  });
});

function touch(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe('the screen', () => {
  test('fills its rectangles exactly, in whatever size and whatever is in them', () => {
    const world = { state: eventful(), now: NOW, waiting: 0 };
    fc.assert(
      fc.property(eye, fc.boolean(), (of, ascii) => {
        for (const { rect, text } of drawScreen(world, view({ ...of, ascii })).pieces) {
          const rows = stripped(text).split('\n');
          expect(rows).toHaveLength(rect.height);
          expect(rows.filter((row) => cellsOf(row) !== rect.width)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('says what it needs where there is no room', () => {
    const { pieces } = drawScreen(
      { state: eventful(), now: NOW, waiting: 0 },
      view({ size: { columns: 50, rows: 10 } }),
    );
    expect(pieces.map(({ text }) => text.trim())).toEqual(['lunchrush needs 60×18 cells, here are 50×10']);
  });

  test('is plain ASCII where that is wanted', () => {
    const { pieces } = drawScreen(
      { state: eventful(), now: NOW, waiting: 0 },
      view({ size: { columns: 120, rows: 40 }, ascii: true }),
    );
    expect(stripped(pieces.map(({ text }) => text).join('\n'))).toMatch(/^[\n -~]*$/);
  });
});
