import { expect, test } from 'vitest';
import { plain } from '../../src/ui/format/line.ts';
import { hintLines } from '../../src/ui/hint.ts';
import { widthOf } from '../../src/ui/paint.ts';

test.each([
  [118, 3, 3],
  [80, 3, 3],
  [60, 3, 3],
  [60, 1, 1],
  [250, 6, 3],
])('the hint is whole in %i cells and %i rows', (width, rows, lines) => {
  const hint = hintLines(width, rows);
  expect(hint).toHaveLength(lines);
  expect(hint.filter((line) => widthOf(line) > width)).toEqual([]);
  expect(hint.map(plain).join(' ')).toContain('load 10k');
});
