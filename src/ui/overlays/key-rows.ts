import { cellsOf, padEnd } from '../cells.ts';
import { wrap } from '../format/wrap.ts';
import type { TableRow } from '../types.ts';

/** Cells that the table's rules and the blanks in its cells take: four rules, two blanks for each of three columns. */
export const RULES = 4 + 6;

/** Narrower than this a column of words reads badly: then where keys hold stands above them instead of beside. */
const LEAST = 32;

/** A row before it is set: its sentence may be longer than its column. */
export type KeyRow = { keys: string; does: string };

/** Keys that hold somewhere. */
export type KeyGroup = { where: string; rows: readonly KeyRow[] };

/** Groups of keys as rows of a table of that width: columns of steady width, and every sentence whole, in as many rows as it takes. */
export function keyRows(groups: readonly KeyGroup[], width: number): TableRow[] {
  const full = groups.filter(({ rows }) => rows.length > 0);
  const keys = widest(full.flatMap(({ rows }) => rows.map((row) => row.keys)));
  const where = widest(full.map((group) => group.where));
  const room = width - keys - RULES;
  return room - where < LEAST ? stacked(full, keys, room) : beside(full, where, keys, room - where);
}

function beside(groups: readonly KeyGroup[], where: number, keys: number, room: number): TableRow[] {
  return groups.flatMap((group) =>
    group.rows.flatMap((row, i) =>
      wrap(row.does, room).map((does, n) => ({
        where: padEnd(i === 0 && n === 0 ? group.where : '', where),
        keys: padEnd(n === 0 ? row.keys : '', keys),
        does: padEnd(does, room),
      })),
    ),
  );
}

/** Without a column for where keys hold: a row of its own says it. The two rules and blanks of that column are free. */
function stacked(groups: readonly KeyGroup[], keys: number, width: number): TableRow[] {
  const room = width + RULE;
  return groups.flatMap((group, g) => {
    const head = { where: '', keys: padEnd('', keys), does: padEnd(`${group.where}:`, room) };
    const rows = beside([group], 0, keys, room).map((row) => ({ ...row, where: '' }));
    return g === 0 ? rows : [head, ...rows];
  });
}

/** One rule, and the blanks of one column. */
const RULE = 3;

function widest(texts: readonly string[]): number {
  return Math.max(4, ...texts.map(cellsOf));
}
