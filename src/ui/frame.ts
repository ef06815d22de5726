import { cellsOf, cut } from './cells.ts';
import { widthOf } from './paint.ts';
import type { Line, Segment } from './types.ts';

/** Borders; a heavy one says where the focus is, without a colour. */
const LIGHT = { topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', across: '─', down: '│' };
const HEAVY = { topLeft: '┏', topRight: '┓', bottomLeft: '┗', bottomRight: '┛', across: '━', down: '┃' };

/** What a frame says: a title in its border, and a note at the right. */
export type Caption = { title: string; note?: string; isFocused: boolean };

/** Lines in a frame of that size, border included; what does not fit is cut. */
export function frame(
  body: readonly Line[],
  { title, note = '', isFocused }: Caption,
  width: number,
  height: number,
): Line[] {
  const border = isFocused ? HEAVY : LIGHT;
  const tone = isFocused ? 'focus' : 'dim';
  const edge = (text: string): Segment => ({ text, tone });
  const inner = width - 2;
  const rows = Array.from({ length: Math.max(0, height - 2) }, (_, y) => [
    edge(border.down),
    ...fitted(body[y] ?? [], inner),
    edge(border.down),
  ]);
  return [
    topLine(border, title, note, isFocused, width),
    ...rows,
    [edge(border.bottomLeft + border.across.repeat(inner) + border.bottomRight)],
  ];
}

function topLine(border: typeof LIGHT, title: string, note: string, isFocused: boolean, width: number): Line {
  const tone = isFocused ? 'focus' : 'dim';
  const name = cut(title, Math.max(0, width - 6));
  const room = width - cellsOf(name) - 8;
  const said = note !== '' && room > 3 ? cut(note, room) : '';
  const tail = said === '' ? '' : ` ${said} ${border.across}`;
  const rule = Math.max(0, width - 5 - cellsOf(name) - cellsOf(tail));
  return [
    { text: `${border.topLeft}${border.across} `, tone },
    { text: name, tone: isFocused ? 'focus' : 'bold' },
    { text: ` ${border.across.repeat(rule)}`, tone },
    ...(said === '' ? [] : [{ text: ` ${said} ` }, { text: border.across, tone } as const]),
    { text: border.topRight, tone },
  ];
}

/** A line in exactly that many cells. */
export function fitted(line: Line, width: number): Line {
  const kept: Line[number][] = [];
  let left = width;
  for (const part of line) {
    if (left <= 0) break;
    const fits =
      'field' in part ? { ...part, width: Math.min(part.width, left) } : { ...part, text: cut(part.text, left) };
    kept.push(fits);
    left -= widthOf([fits]);
  }
  return left > 0 ? [...kept, { text: ' '.repeat(left) }] : kept;
}
