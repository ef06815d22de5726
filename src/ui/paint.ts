import { cellsOf, cut, printable } from './cells.ts';
import { toAscii } from './glyphs.ts';
import { toned } from './theme.ts';
import type { FieldName, FieldSegment, Line, Segment, Typing, View } from './types.ts';

/** Where the text field in use stands in a drawing, in cells from its corner. */
export type FieldPlace = { field: FieldName; x: number; y: number; width: number };

/** A drawing as text with ready escapes, every row of exactly the same number of cells. */
export type Painting = { text: string; field: FieldPlace | undefined };

type Look = Pick<View, 'ascii' | 'color' | 'fields' | 'typing'>;

/** Cells of a line before it is cut or padded. */
export function widthOf(line: Line): number {
  return line.reduce((sum, part) => sum + ('field' in part ? part.width : cellsOf(part.text)), 0);
}

/** Paints lines into a box: cut, padded and toned. */
export function paint(lines: readonly Line[], width: number, height: number, look: Look): Painting {
  let field: FieldPlace | undefined;
  const rows = Array.from({ length: height }, (_, y) => {
    const row = paintLine(lines[y] ?? [], width, look);
    if (row.field) field = { ...row.field, y };
    return row.text;
  });
  return { text: rows.join('\n'), field };
}

function paintLine(line: Line, width: number, look: Look): Painting {
  let text = '';
  let x = 0;
  let field: FieldPlace | undefined;
  for (const part of line) {
    const room = width - x;
    if (room <= 0) break;
    if ('field' in part && isInUse(part, look.typing))
      field = { field: part.field, x, y: 0, width: Math.min(part.width, room) };
    const segment = 'field' in part ? contents(part, look) : part;
    const written = printable(look.ascii ? toAscii(segment.text) : segment.text);
    const kept = cut(written, room);
    text += toned(kept, segment.tone, look.color);
    x += cellsOf(kept);
  }
  return { text: text + ' '.repeat(Math.max(0, width - x)), field };
}

function isInUse({ field }: FieldSegment, typing: Typing | null): boolean {
  return typing?.field === field;
}

/** A field at rest shows what it holds; the one in use leaves its cells to the text input. */
function contents(part: FieldSegment, { fields, typing }: Look): Segment {
  const held = isInUse(part, typing) ? '' : cut(fields[part.field] ?? '', part.width);
  return { text: held + ' '.repeat(Math.max(0, part.width - cellsOf(held))) };
}
