import { PANE } from '../panes/table.ts';
import type { ActionContext, ActionRow, ViewEvent } from '../types.ts';
import { see } from './see.ts';

/** Rows that a page is, whatever the size of the pane: the eye keeps some context. */
const PAGE = 10;

function rowsOf({ state, view }: ActionContext): number {
  return PANE[view.focus].rows?.(state, view) ?? 0;
}

/** Moves the cursor of the focused pane, which then follows its newest row no longer. */
function move(context: ActionContext, to: (from: number, last: number) => number): ViewEvent[] {
  const { view } = context;
  const last = Math.max(0, rowsOf(context) - 1);
  const from = Math.min(view.cursors[view.focus] ?? 0, last);
  const next = Math.min(last, Math.max(0, to(from, last)));
  const events: ViewEvent[] = [{ type: 'cursor-moved', of: view.focus, to: next }];
  if (next !== from) events.push({ type: 'follow-set', pane: view.focus, follows: false });
  return events;
}

function step(
  id: string,
  chords: readonly string[],
  help: string,
  to: (from: number, last: number) => number,
): ActionRow {
  return {
    id,
    layer: 'global',
    chords,
    hint: id.replaceAll('-', ' '),
    help,
    applies: (context) => rowsOf(context) > 0,
    run: (context) => see(...move(context, to)),
  };
}

/** Moving in lists, the same in every pane that has one. */
export const moving: readonly ActionRow[] = [
  step('row-down', ['j', 'down'], 'goes one row down', (from) => from + 1),
  step('row-up', ['k', 'up'], 'goes one row up; the pane follows its newest row no longer', (from) => from - 1),
  step('page-down', ['pagedown', 'ctrl+d'], 'goes ten rows down', (from) => from + PAGE),
  step('page-up', ['pageup', 'ctrl+u'], 'goes ten rows up', (from) => from - PAGE),
  step('first-row', ['g', 'home'], 'goes to the first row', () => 0),
  step('last-row', ['G', 'end'], 'goes to the last row', (_, last) => last),
];
