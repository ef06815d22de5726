import type { State } from '../../src/engine/state.ts';
import { plain } from '../../src/ui/format/line.ts';
import { fitted } from '../../src/ui/frame.ts';
import { widthOf } from '../../src/ui/paint.ts';
import type { Line, Pane, View } from '../../src/ui/types.ts';
import { NOW, view } from './states.ts';

/** Lines as they would stand in a box of that width, a field as what it holds in brackets; ends of lines trimmed. */
export function textOf(lines: readonly Line[], width: number, fields: View['fields'] = {}): string {
  return lines
    .map((line) =>
      fitted(line, width)
        .map((part) => ('field' in part ? (fields[part.field] ?? '').padEnd(part.width, '_') : part.text))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** A pane's drawing in a box, as text between newlines. */
export function drawn(pane: Pane, state: State, width: number, height: number, of: Partial<View> = {}): string {
  const eye = view(of);
  const lines = pane.draw(state, eye, { width, height, now: NOW });
  if (lines.length > height) throw new Error(`${pane.id} drew ${lines.length} lines into ${height}`);
  return `\n${textOf(lines, width, eye.fields)}\n`;
}

/** Lines that are wider than the box: what a person would not see. */
export function overflow(lines: readonly Line[], width: number): string[] {
  return lines.filter((line) => widthOf(line) > width).map((line) => plain(line));
}
