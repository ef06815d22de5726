import type { Cell, Screen } from './screen.ts';
import { isRail, isShape } from './shapes.ts';

/** Something to be drawn as one: words in one look, or one shape over some cells. */
export type Mark = { x: number; y: number; cells: number; text: string; look: string };

/** Names of looks, as the style sheet has them: colour, weight, and how solid. */
function lookOf({ color, bold, dim, inverse, text }: Cell): string {
  const names = [
    ...(inverse ? ['i'] : color === null ? [] : [`c${color}`]),
    ...(bold && !isShape(text) ? ['b'] : []),
    ...(text === '░' ? ['f'] : dim ? ['d'] : []),
  ];
  return names.join(' ');
}

/** Whether a cell goes on what stands before it: the same look, and not further away than a blank. */
function goesOn(mark: Mark, cell: Cell, look: string): boolean {
  if (mark.y !== cell.y || mark.look !== look) return false;
  const gap = cell.x - mark.x - mark.cells;
  const last = mark.text.slice(-1);
  if (isShape(cell.text) || isShape(last)) return gap === 0 && isRail(cell.text) && last === cell.text;
  return gap <= 1;
}

/** The screen as marks, row by row. */
export function marksOf({ cells }: Screen): Mark[] {
  const marks: Mark[] = [];
  for (const cell of cells) {
    const look = lookOf(cell);
    const last = marks.at(-1);
    if (last && goesOn(last, cell, look)) {
      const gap = cell.x - last.x - last.cells;
      last.text += ' '.repeat(gap) + cell.text;
      last.cells += gap + cell.width;
    } else {
      marks.push({ x: cell.x, y: cell.y, cells: cell.width, text: cell.text, look });
    }
  }
  return marks;
}

/** Marks that are there from one frame on and until before another. */
export type Stay = { from: number; to: number; marks: Mark[] };

/** What stays for how long, so that what does not change is drawn once. */
export function staysOf(frames: readonly (readonly Mark[])[]): Stay[] {
  const stays = new Map<string, Stay>();
  const there = new Map<string, { from: number; mark: Mark }>();
  const leave = (key: string, to: number) => {
    const gone = there.get(key);
    if (!gone) return;
    there.delete(key);
    const span = `${gone.from}-${to}`;
    const stay = stays.get(span) ?? { from: gone.from, to, marks: [] };
    stay.marks.push(gone.mark);
    stays.set(span, stay);
  };
  frames.forEach((marks, frame) => {
    const keyed = new Map(marks.map((mark) => [keyOf(mark), mark]));
    for (const key of [...there.keys()]) if (!keyed.has(key)) leave(key, frame);
    for (const [key, mark] of keyed) if (!there.has(key)) there.set(key, { from: frame, mark });
  });
  for (const key of [...there.keys()]) leave(key, frames.length);
  return [...stays.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

function keyOf({ x, y, look, text }: Mark): string {
  return `${x},${y},${look},${text}`;
}
