import { plain } from '../format/line.ts';
import type { ActionContext, ActionRow } from '../types.ts';
import { kafkaCopy } from './kafka-copy.ts';
import { reading } from './reading.ts';

function details({ view: { overlay } }: ActionContext) {
  return overlay?.kind === 'details' ? overlay : undefined;
}

/** A row of a pane in full. */
export const detailing: readonly ActionRow[] = [
  ...reading('details', 'the details', (context) => details(context)?.lines.map((line) => plain(line).trimEnd()) ?? []),
  kafkaCopy({
    id: 'copy-details-equivalent',
    layer: 'details',
    help: "copies the line of Kafka's own tools that goes with it",
    rank: 3,
    of: (context) => details(context)?.kafka,
  }),
];
