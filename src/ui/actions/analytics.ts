import type { Command } from '../../engine/command.ts';
import { equivalentOf } from '../equivalent.ts';
import { labelled } from '../format/labelled.ts';
import { counterRows, selectedCounter } from '../panes/analytics/table.ts';
import type { ActionRow } from '../types.ts';
import { clusterGuard } from './guards.ts';
import { kafkaCopy } from './kafka-copy.ts';
import { see } from './see.ts';
import { detailsWidth } from './width.ts';

const FROM_BEGINNING = { type: 'beginning' } as const;

/** The replay that R leads to: all of it. */
export const REPLAY = {
  verb: 'replay',
  action: 'run',
  from: FROM_BEGINNING,
  preview: false,
  yes: true,
} as const satisfies Command;

const PREVIEW = { ...REPLAY, preview: true, yes: false } as const satisfies Command;

/** Keys of the pane of analytics. */
export const analytics: readonly ActionRow[] = [
  {
    id: 'replay-analytics',
    layer: 'analytics',
    chords: ['R'],
    hint: 'replay',
    help: 'previews a replay of the whole log, and asks; while one runs, shows how far it is',
    rank: 10,
    leadsTo: 'replay',
    guard: (context) => (context.state.replay.running ? undefined : clusterGuard(context)),
    run({ state }) {
      const opened = see({
        type: 'overlay-opened',
        overlay: { kind: 'replay', preview: null, isGoChosen: false, begunAt: null },
      });
      if (state.replay.running) return opened;
      return [
        ...opened,
        { do: 'command', command: PREVIEW, answered: (preview) => [{ type: 'replay-previewed', preview }] },
      ];
    },
  },
  {
    id: 'explain-counter',
    layer: 'analytics',
    chords: ['enter'],
    hint: 'explain',
    help: 'says what the figure counts, and why it is more than 0',
    rank: 20,
    run({ state, view }) {
      const counter = selectedCounter(state, view);
      if (!counter) return [];
      const { totals } = state.analytics;
      const width = detailsWidth(view);
      const value = totals ? counter.write(counter.value(totals)) : 'not known yet';
      const lines = [
        ...labelled(counter.name, value, width),
        ...labelled('counts', counter.means, width),
        ...labelled('why', counter.why, width),
        ...labelled('in scripts', counter.fact, width),
      ];
      return see({
        type: 'overlay-opened',
        overlay: {
          kind: 'details',
          pane: 'analytics',
          title: counter.name,
          lines,
          kafka: equivalentOf({ verb: 'metrics' }, state),
        },
      });
    },
  },
  {
    id: 'audit-log',
    layer: 'analytics',
    chords: ['A'],
    hint: 'audit',
    help: 'reads and folds the whole log independently, and compares with what the workers say',
    rank: 30,
    guard: (context) =>
      Object.values(context.state.commands).some(({ verb }) => verb === 'audit')
        ? 'an audit is under way'
        : clusterGuard(context),
    run: () => [{ do: 'command', command: { verb: 'audit' }, answered: () => [] }],
  },
  {
    id: 'copy-counters',
    layer: 'analytics',
    chords: ['y'],
    hint: 'copy',
    help: 'copies all figures',
    guard: ({ state }) => (state.analytics.totals ? undefined : 'no figure is known yet'),
    run({ state }) {
      const { totals } = state.analytics;
      if (!totals) return [];
      const lines = counterRows(state).map(({ name, value, write }) => `${name} ${write(value(totals))}`);
      return [{ do: 'copy', text: lines.join('\n'), what: 'all figures' }];
    },
  },
  kafkaCopy({
    id: 'copy-replay-equivalent',
    layer: 'analytics',
    help: "copies what a replay would be with Kafka's own tools, which want the group empty for it",
    of: ({ state }) => equivalentOf(REPLAY, state),
  }),
];
