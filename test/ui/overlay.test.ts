import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../src/engine/commands/row.ts';
import { findRow, VERBS } from '../../src/engine/commands/table.ts';
import { partsOf } from '../../src/engine/commands/usage.ts';
import { ACTIONS } from '../../src/ui/actions/table.ts';
import { plain } from '../../src/ui/format/line.ts';
import { press } from '../../src/ui/keymap.ts';
import { drawOver } from '../../src/ui/overlay.ts';
import { drawOverlay } from '../../src/ui/overlays/table.ts';
import { widthOf } from '../../src/ui/paint.ts';
import { type Overlay, PANES } from '../../src/ui/types.ts';
import { eventful, NOW, view } from './states.ts';

const WORLD = { state: eventful(), now: NOW, waiting: 0 };

const QUESTION: Overlay = {
  kind: 'confirm',
  outcomes: [],
  title: 'Kill inventory/2',
  lines: ['Its partitions (orders/1) wait until its session has ended: about 10 s. Then the group rebalances.'],
  go: 'Kill',
  isGoChosen: false,
};

const OVERLAYS: Overlay[] = [
  { kind: 'palette' },
  QUESTION,
  { kind: 'trace', orderId: 'o-1', result: null },
  { kind: 'output', title: 'say', lines: ['x'] },
  ...PANES.map((pane) => ({ kind: 'help', pane }) as const),
];

const columns = fc.integer({ min: 60, max: 250 });

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('an overlay', () => {
  test('takes the whole width rather than leave a few cells of what is behind it', () => {
    fc.assert(
      fc.property(columns, fc.constantFrom(...OVERLAYS), (width, overlay) => {
        const over = drawOver(WORLD, view({ size: { columns: width, rows: 24 }, overlay }));
        const left = over?.rect.x ?? 0;
        const right = width - left - (over?.rect.width ?? 0);
        expect(left === right || left + 1 === right).toBe(true);
        expect(left === 0 || left >= 6).toBe(true);
      }),
    );
  });

  test('says how much of it is below, until that is in sight', () => {
    const eye = view({ size: { columns: 80, rows: 24 }, overlay: { kind: 'help', pane: 'lag' } });
    const top = (to: number) => plain(drawOver(WORLD, { ...eye, cursors: { help: to } })?.lines[0] ?? []);
    expect(top(0)).toMatch(/Esc closes, \/ filters, ↓ \d+ more ━┓$/);
    expect(top(999)).toMatch(/Esc closes, \/ filters ━┓$/);
  });

  test('is scrolled to its end and not beyond, so that the way back begins at once', () => {
    const eye = view({ size: { columns: 80, rows: 24 }, overlay: { kind: 'help', pane: 'lag' } });
    const scrollEnd = drawOver(WORLD, eye)?.scrollEnd ?? 0;
    expect(scrollEnd).toBeGreaterThan(5);
    const presses = (cursor: number, chord: string) =>
      press({ ...WORLD, view: { ...eye, cursors: { help: cursor } }, chord, scrollEnd });
    const to = (cursor: number) => [{ do: 'see', events: [{ type: 'cursor-moved', of: 'help', to: cursor }] }];
    expect(presses(scrollEnd, 'j')).toEqual(to(scrollEnd));
    expect(presses(0, 'G')).toEqual(to(scrollEnd));
    expect(presses(scrollEnd, 'k')).toEqual(to(scrollEnd - 1));
    expect(presses(3, 'pageup')).toEqual(to(0));
  });

  test('asks in whole sentences at any width', () => {
    fc.assert(
      fc.property(columns, (width) => {
        const { lines } = drawOverlay(QUESTION, WORLD.state, view(), { width: width - 4, height: 14, now: NOW });
        expect(words(lines.map(plain).join(' '))).toContain('(orders/1) wait until its session has ended: about 10 s.');
        expect(lines.filter((line) => widthOf(line) > width - 4)).toEqual([]);
      }),
    );
  });
});

describe('help', () => {
  test('has every key of the table, with all that it does, at any width', () => {
    fc.assert(
      fc.property(columns, fc.constantFrom(...PANES), (width, pane) => {
        const { lines, table } = drawOverlay({ kind: 'help', pane }, WORLD.state, view(), {
          width: width - 4,
          height: 14,
          now: NOW,
        });
        const said = words(table.map(({ does }) => does).join(' '));
        for (const row of ACTIONS.filter(({ layer }) => [pane, 'global', 'typing', 'palette'].includes(layer))) {
          expect(said).toContain(row.help);
        }
        expect(lines.filter((line) => widthOf(line) > width - 4)).toEqual([]);
        const cells = table.map(({ where, keys, does }) => [where, keys, does].map((text) => text.length));
        expect(new Set(cells.map(String)).size).toBe(1);
        const columnsInUse = cells[0]?.filter((length) => length > 0) ?? [];
        expect(columnsInUse.reduce((sum, cell) => sum + cell + 3, 1)).toBe(width - 4);
      }),
      { numRuns: 30 },
    );
  });

  test('keeps its columns while it is scrolled', () => {
    const sizes = [0, 5, 30].map((to) => {
      const cursors = { help: to };
      const eye = view({ size: { columns: 80, rows: 24 }, overlay: { kind: 'help', pane: 'lag' }, cursors });
      return drawOver(WORLD, eye)?.table?.rows.map(({ keys }) => keys.length);
    });
    expect(new Set(sizes.flat()).size).toBe(1);
  });
});

describe('the palette', () => {
  test.each(VERBS)('explains all of %s within 60 columns', (verb) => {
    const eye = view({ overlay: { kind: 'palette' }, fields: { palette: `${verb} ` } });
    const { lines } = drawOverlay({ kind: 'palette' }, WORLD.state, eye, { width: 56, height: 99, now: NOW });
    expect(lines.filter((line) => widthOf(line) > 56).map(plain)).toEqual([]);
    const said = words(lines.map(plain).join(' '));
    for (const { help } of partsOf(findRow(verb) as Row))
      for (const word of help.split(' ')) expect(said).toContain(word);
  });

  test('says what is wrong in full', () => {
    const eye = view({
      overlay: { kind: 'palette' },
      fields: { palette: 'produce o-1 --items nothing-of-that-kind,x' },
    });
    const { lines } = drawOverlay({ kind: 'palette' }, WORLD.state, eye, { width: 56, height: 14, now: NOW });
    expect(lines.filter((line) => widthOf(line) > 56)).toEqual([]);
    expect(lines.map(plain).join('\n')).toContain('^');
  });
});
