import { equivalentOf } from '../equivalent.ts';
import { plain } from '../format/line.ts';
import { columnsFor, rowLine } from '../panes/lag/columns.ts';
import { lagDetails } from '../panes/lag/details.ts';
import { selectedRow } from '../panes/lag/rows.ts';
import { nameOfStretch, STRETCHES } from '../panes/lag/strip.ts';
import type { ActionContext, ActionRow } from '../types.ts';
import { kafkaCopy } from './kafka-copy.ts';
import { see } from './see.ts';
import { detailsWidth } from './width.ts';

const NO_ROW = 'there is no group or partition here yet';

function noRow({ state, view }: ActionContext): string | undefined {
  return selectedRow(state, view) ? undefined : NO_ROW;
}

function equivalent({ state, view }: Pick<ActionContext, 'state' | 'view'>) {
  const row = selectedRow(state, view);
  return row && equivalentOf({ verb: 'lag', group: row.group.groupId }, state);
}

/** The strip's next stretch, further into the past or nearer. */
function stretched({ view }: ActionContext, step: 1 | -1): number | undefined {
  const at = STRETCHES.findIndex((ms) => ms >= view.stripMs);
  return STRETCHES[at + step];
}

/** Cells of a copied row: every column. */
const COPIED = 160;

/** Keys of the lag pane. */
export const lag: readonly ActionRow[] = [
  {
    id: 'explain-lag',
    layer: 'lag',
    chords: ['enter'],
    hint: 'why',
    help: 'says why the row is as it is, what helps, and who holds it',
    rank: 10,
    guard: noRow,
    run({ state, view, now }) {
      const row = selectedRow(state, view);
      if (!row) return [];
      const lines = lagDetails(state, row, now, detailsWidth(view));
      const title = row.is === 'partition' ? `${row.partition.topic}/${row.partition.partition}` : row.group.groupId;
      const kafka = equivalent({ state, view });
      return see({ type: 'overlay-opened', overlay: { kind: 'details', pane: 'lag', title, lines, kafka } });
    },
  },
  {
    id: 'stretch-strip',
    layer: 'lag',
    chords: ['-'],
    hint: 'longer',
    help: 'shows more of the past: 60 s, 5 min, 10 min',
    rank: 21,
    guard: (context) => (stretched(context, 1) ? undefined : '10 min is all there is'),
    run(context) {
      const ms = stretched(context, 1);
      return ms ? see({ type: 'strip-stretched', ms }) : [];
    },
  },
  {
    id: 'shrink-strip',
    layer: 'lag',
    chords: ['+', '='],
    hint: 'closer',
    help: 'shows less of the past, closer',
    rank: 20,
    guard: (context) => (stretched(context, -1) ? undefined : `${nameOfStretch(STRETCHES[0])} is closest`),
    run(context) {
      const ms = stretched(context, -1);
      return ms ? see({ type: 'strip-stretched', ms }) : [];
    },
  },
  {
    id: 'copy-lag',
    layer: 'lag',
    chords: ['y'],
    hint: 'copy',
    help: 'copies the row',
    rank: 30,
    guard: noRow,
    run({ state, view }) {
      const row = selectedRow(state, view);
      return row ? [{ do: 'copy', text: plain(rowLine(columnsFor(COPIED), row, state)).trim(), what: 'the row' }] : [];
    },
  },
  kafkaCopy({
    id: 'copy-lag-equivalent',
    layer: 'lag',
    help: 'copies the line of kafka-consumer-groups.sh that shows the same',
    rank: 31,
    of: equivalent,
    nothing: () => NO_ROW,
  }),
];
