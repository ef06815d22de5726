import type { Line, PaneId, View } from './types.ts';

/** Whether a row stays: it holds the text, whatever the case; after `!` it does not. An empty filter keeps all. */
export function passes(filter: string | undefined, row: string): boolean {
  if (!filter || filter === '!') return true;
  const isInverted = filter.startsWith('!');
  return row.toLowerCase().includes(filter.slice(isInverted ? 1 : 0).toLowerCase()) !== isInverted;
}

/** The filter of a pane as a line with its text field; none while there is no filter. */
export function filterLine(view: View, pane: PaneId, width: number): Line[] {
  const field = `filter-${pane}` as const;
  const isShown = view.typing?.field === field || (view.filters[pane] ?? '') !== '';
  return isShown
    ? [
        [
          { text: ' / ', tone: 'focus' },
          { field, width: Math.max(1, width - 4) },
        ],
      ]
    : [];
}
