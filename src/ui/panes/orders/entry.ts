import type { FieldName, Line, Segment, View } from '../../types.ts';

/** What is ordered when nothing is said. */
export const USUAL_ITEMS = 'burrito:1';

const MOST = { id: 24, items: 40 };

/** The line where orders are placed: two text fields. `width` is of the box. */
export function entryLine(view: View, isChosen: boolean, width: number): Line {
  const room = width - ' id [] items []'.length;
  const id = Math.max(6, Math.min(MOST.id, Math.floor(room * 0.42)));
  const items = Math.max(6, Math.min(MOST.items, room - id));
  return [
    isChosen ? { text: '▸', tone: 'focus' } : { text: ' ' },
    { text: 'id ', tone: 'dim' },
    ...field(view, 'order-id', 'auto', id),
    { text: ' items ', tone: 'dim' },
    ...field(view, 'order-items', USUAL_ITEMS, items),
  ];
}

/** A field in brackets; at rest and empty it shows what holds without it. */
export function field(view: View, name: FieldName, usual: string, width: number): Line {
  const isEmpty = (view.fields[name] ?? '') === '' && view.typing?.field !== name;
  const inside: Segment = { text: usual.slice(0, width).padEnd(width), tone: 'dim' };
  return [{ text: '[' }, isEmpty ? inside : { field: name, width }, { text: ']' }];
}
