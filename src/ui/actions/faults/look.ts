import type { Command } from '../../../engine/command.ts';
import { equivalentOf } from '../../equivalent.ts';
import { plain } from '../../format/line.ts';
import { brokerDetails, workerDetails } from '../../panes/faults/details.ts';
import { foreignDetails } from '../../panes/faults/foreign.ts';
import { workerLines } from '../../panes/faults/workers.ts';
import type { ActionContext, ActionRow } from '../../types.ts';
import { kafkaCopy } from '../kafka-copy.ts';
import { see } from '../see.ts';
import { detailsWidth } from '../width.ts';
import { foreignOn, knobOn, workerOn } from './on.ts';
import { needsWorker } from './telling.ts';

/** The command whose like among Kafka's tools is wanted for a row. */
function about(context: ActionContext): Command {
  const worker = workerOn(context) ?? foreignOn(context);
  if (worker) return { verb: 'members', group: worker.kind === 'analytics' ? 'analytics' : 'inventory' };
  return knobOn(context) ? { verb: 'lag', group: 'inventory' } : { verb: 'topics' };
}

function equivalent(context: ActionContext) {
  return equivalentOf(about(context), context.state);
}

/** Cells of a copied row. */
const COPIED = 120;

/** Looking closer at a row, and copying it. */
export const look: readonly ActionRow[] = [
  {
    id: 'show-worker',
    layer: 'faults',
    chords: ['enter'],
    hint: 'details',
    help: 'shows what the worker or the broker holds and has done, and what befell it',
    rank: 16,
    applies: (context) => knobOn(context) === undefined,
    run(context) {
      const { state, view, now } = context;
      const worker = workerOn(context);
      const width = detailsWidth(view);
      const foreign = foreignOn(context);
      const other = () => (foreign ? foreignDetails(foreign, width) : brokerDetails(state, now, width));
      const lines = worker ? workerDetails(state, worker, now, width) : other();
      return see({
        type: 'overlay-opened',
        overlay: {
          kind: 'details',
          pane: 'faults',
          title: worker?.slot ?? foreign?.member.clientId ?? 'Broker',
          lines,
          kafka: equivalent(context),
        },
      });
    },
  },
  {
    id: 'copy-worker',
    layer: 'faults',
    chords: ['y'],
    hint: 'copy',
    help: 'copies the row of the worker',
    guard: needsWorker,
    run(context) {
      const worker = workerOn(context);
      if (!worker) return [];
      const lines = workerLines(context.state, worker, COPIED, context.now);
      return [{ do: 'copy', text: lines.map((line) => plain(line).trim()).join(' '), what: 'the row' }];
    },
  },
  kafkaCopy({
    id: 'copy-worker-equivalent',
    layer: 'faults',
    help: "copies the line of Kafka's tools that shows the members, the lag or the topics",
    of: equivalent,
  }),
];
