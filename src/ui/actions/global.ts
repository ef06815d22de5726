import { type ActionContext, type ActionRow, type Outcome, PANES, type PaneId, type ViewEvent } from '../types.ts';
import { see } from './see.ts';

function neighbour({ view }: ActionContext, step: 1 | -1): PaneId {
  const index = PANES.indexOf(view.focus) + step + PANES.length;
  return PANES[index % PANES.length] ?? view.focus;
}

/** What leaving now would break off, in lines. */
function brokenOff({ state }: ActionContext): string[] {
  const { load, replay } = state;
  const sent = load.report?.produced.toLocaleString('en') ?? '0';
  return [
    ...(load.running ? [`A load test is running: ${sent} records are in the log. It ends after a flush.`] : []),
    ...(replay.running
      ? ['A replay is running. The held numbers stay, and the next start resumes or forgets it.']
      : []),
  ];
}

/** One level back, the one that was opened last: a filter or the zoom, then the hint. Never out of the program. */
function back({ view }: ActionContext): Outcome[] {
  const { focus, filters, zoomedWith, isZoomed, isHintShown, toast } = view;
  const isFiltered = (filters[focus] ?? '') !== '';
  const unfiltered: ViewEvent = { type: 'filter-set', pane: focus, text: '' };
  const left: ViewEvent[] = [];
  if (isFiltered && !(isZoomed && zoomedWith[focus] === filters[focus])) left.push(unfiltered);
  else if (isZoomed) left.push({ type: 'zoom-toggled' });
  else if (isHintShown) left.push({ type: 'hint-closed' });
  // A sentence above the footer goes by itself: it is no level, and stands in the way of none.
  return see(...(toast ? [{ type: 'toast-gone' } as const] : []), ...left);
}

/** Keys that mean the same everywhere. */
export const global: readonly ActionRow[] = [
  {
    id: 'focus-pane',
    layer: 'global',
    chords: ['1', '2', '3', '4', '5', '6'],
    keys: '1-6',
    hint: 'panes',
    help: 'goes to the pane with that number',
    rank: 90,
    run: ({ chord, view }) => see({ type: 'pane-focused', pane: PANES[Number(chord) - 1] ?? view.focus }),
  },
  {
    id: 'next-pane',
    layer: 'global',
    chords: ['tab'],
    hint: 'next pane',
    help: 'goes to the next pane; the log of facts comes after 6',
    run: (context) => see({ type: 'pane-focused', pane: neighbour(context, 1) }),
  },
  {
    id: 'previous-pane',
    layer: 'global',
    chords: ['shift+tab'],
    hint: 'pane before',
    help: 'goes to the pane before',
    run: (context) => see({ type: 'pane-focused', pane: neighbour(context, -1) }),
  },
  {
    id: 'zoom-pane',
    layer: 'global',
    chords: ['z'],
    hint: 'zoom',
    help: 'gives the pane the whole screen, and back',
    rank: 80,
    run: () => see({ type: 'zoom-toggled' }),
  },
  {
    id: 'open-palette',
    layer: 'global',
    chords: [':', 'ctrl+p'],
    hint: 'command',
    help: 'opens the command line: every command, with completion and history',
    rank: 91,
    run: () =>
      see(
        { type: 'overlay-opened', overlay: { kind: 'palette' } },
        { type: 'typing-began', field: 'palette', text: '' },
      ),
  },
  {
    id: 'open-help',
    layer: 'global',
    chords: ['?'],
    hint: 'help',
    help: 'says what each key does, here and everywhere; F1 does the same',
    rank: 92,
    run: ({ view }) => see({ type: 'overlay-opened', overlay: { kind: 'help', pane: view.focus } }),
  },
  {
    id: 'pause-display',
    layer: 'global',
    chords: ['space'],
    hint: 'pause display',
    help: 'holds the picture still, or lets it go on; the pipeline goes on in any case',
    rank: 85,
    run: ({ view, now }) =>
      see(view.pausedAt === null ? { type: 'display-paused', at: now } : { type: 'display-resumed' }),
  },
  {
    id: 'refresh-now',
    layer: 'global',
    chords: ['r'],
    hint: 'refresh',
    help: 'asks the broker now instead of at the next look',
    rank: 86,
    run: () => [{ do: 'refresh' }],
  },
  {
    id: 'go-back',
    layer: 'global',
    chords: ['esc'],
    hint: 'back',
    help: 'one level back: filter, zoom, hint; never out of the program',
    run: back,
  },
  {
    id: 'quit',
    layer: 'global',
    chords: ['q'],
    hint: 'quit',
    help: 'leaves, after a question when a load test or a replay is active',
    rank: 93,
    danger(context) {
      const lines = brokenOff(context);
      return lines.length > 0 ? { title: 'Quit', lines, go: 'Quit' } : undefined;
    },
    run: () => [{ do: 'leave' }],
  },
  {
    id: 'interrupt',
    layer: 'global',
    chords: ['ctrl+c'],
    hint: 'stop',
    help: 'stops cleanly and leaves, with a summary; twice: at once',
    run: () => [{ do: 'leave' }],
  },
  {
    id: 'redraw-screen',
    layer: 'global',
    chords: ['ctrl+l'],
    hint: 'redraw',
    help: 'draws the whole screen anew',
    run: () => [{ do: 'redraw' }],
  },
  {
    id: 'suspend',
    layer: 'global',
    chords: ['ctrl+z'],
    hint: 'suspend',
    help: 'gives the terminal back to the shell until fg; workers stand still meanwhile',
    run: () => [{ do: 'suspend' }],
  },
];
