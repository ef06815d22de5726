import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/ui/format/line.ts';
import { widthOf } from '../../src/ui/paint.ts';
import { drawScreen } from '../../src/ui/screen.ts';
import { toastLines } from '../../src/ui/toast-lines.ts';
import { eventful, NOW, view } from './states.ts';
import { stripped } from './stripped.ts';

const LONG =
  '/home/somebody/demonstrations/session.txt is there already, and is left as it is; save under another name, or remove it first';

describe('a sentence above the footer', () => {
  test('is told in full, in as many rows as it takes', () => {
    const lines = toastLines({ text: LONG, tone: 'bad', at: NOW }, 60);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.map((line) => plain(line).trim()).join(' ')).toBe(LONG);
  });

  test('takes three rows at most', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 600 }), fc.integer({ min: 60, max: 250 }), (text, width) => {
        const lines = toastLines({ text, tone: 'work', at: NOW }, width);
        expect(lines.length).toBeLessThanOrEqual(3);
        expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
      }),
    );
  });

  test('stands over the last rows of the screen, whatever is behind them', () => {
    const eye = view({ size: { columns: 60, rows: 18 }, toast: { text: LONG, tone: 'bad', at: NOW } });
    const last = drawScreen({ state: eventful(), now: NOW, waiting: 0 }, eye).pieces.at(-1);
    expect(last).toMatchObject({ key: 'footer', rect: { y: 15, height: 3, width: 60 } });
    expect(stripped(last?.text ?? '')).toContain('remove it first');
  });
});
