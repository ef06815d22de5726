import type { Emulator } from './emulator.ts';

/** A cell of the emulator. */
type BufferCell = ReturnType<Emulator['buffer']['active']['getNullCell']>;

/** How a cell looks: one of the terminal's sixteen colours or its own, and weight. */
export type Look = { color: number | null; bold: boolean; dim: boolean; inverse: boolean };

/** A cell that is not blank; `width` in cells. */
export type Cell = Look & { x: number; y: number; text: string; width: number };

/** What a terminal shows. */
export type Screen = { text: string; cells: readonly Cell[] };

/** Reads what the emulator shows. */
export function screenOf(xterm: Emulator): Screen {
  const buffer = xterm.buffer.active;
  const rows = Array.from({ length: xterm.rows }, (_, y) => buffer.getLine(buffer.baseY + y));
  const cells = rows.flatMap((row, y) =>
    Array.from({ length: xterm.cols }, (_, x) => row?.getCell(x)).flatMap((cell, x) => cellAt(cell, x, y)),
  );
  return { text: rows.map((row) => row?.translateToString(true) ?? '').join('\n'), cells };
}

function cellAt(cell: BufferCell | undefined, x: number, y: number): Cell[] {
  if (!cell || cell.getWidth() === 0) return [];
  const look = lookOf(cell);
  const text = cell.getChars();
  if ((text === '' || text === ' ') && !look.inverse) return [];
  return [{ x, y, text: text === '' ? ' ' : text, width: cell.getWidth(), ...look }];
}

function lookOf(cell: BufferCell): Look {
  const isNamed = cell.isFgPalette() && cell.getFgColor() < 16;
  return {
    color: isNamed ? cell.getFgColor() : null,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
  };
}
