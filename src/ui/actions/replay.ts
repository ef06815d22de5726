import { MANY, type ReplayOverlay, type Stage, stageOf } from '../replay-stage.ts';
import type { ActionContext, ActionRow, Outcome, ViewEvent } from '../types.ts';
import { REPLAY } from './analytics.ts';
import { see } from './see.ts';

function overlayOf({ view }: ActionContext): ReplayOverlay | undefined {
  return view.overlay?.kind === 'replay' ? view.overlay : undefined;
}

function stage(context: ActionContext): Stage | undefined {
  const overlay = overlayOf(context);
  return overlay && stageOf(context.state, overlay);
}

function asksForName(at: Stage | undefined): boolean {
  return at?.is === 'preview' && at.preview.records > MANY;
}

/** Goes to the other answer; the field for the group's name is in use only while it counts. */
function choose(context: ActionContext): Outcome[] {
  const overlay = overlayOf(context);
  if (!overlay) return [];
  const isGoChosen = !overlay.isGoChosen;
  const events: ViewEvent[] = [{ type: 'overlay-opened', overlay: { ...overlay, isGoChosen } }];
  if (isGoChosen && asksForName(stage(context))) events.push({ type: 'typing-began', field: 'replay-group', text: '' });
  return see(...events);
}

function begin(overlay: ReplayOverlay, now: number): Outcome[] {
  return [
    ...see({ type: 'overlay-opened', overlay: { ...overlay, isGoChosen: false, begunAt: now } }),
    { do: 'command', command: REPLAY, answered: () => [] },
  ];
}

/** What Enter does: the chosen answer where there is one, else it closes. */
function answer(context: ActionContext): Outcome[] {
  const overlay = overlayOf(context);
  const closed = see({ type: 'overlay-closed' });
  if (!overlay) return [];
  switch (stage(context)?.is) {
    case 'preview':
      return overlay.isGoChosen ? begin(overlay, context.now) : closed;
    case 'differs': {
      const action = overlay.isGoChosen ? 'accept' : 'undo';
      return [...closed, { do: 'command', command: { verb: 'replay', action } }];
    }
    default:
      return closed;
  }
}

/** Why the chosen answer cannot be given. */
function guard(context: ActionContext): string | undefined {
  const at = stage(context);
  if (!overlayOf(context)?.isGoChosen || !asksForName(at)) return undefined;
  const { analytics } = context.state.pipeline.groups;
  const typed = (context.view.fields['replay-group'] ?? '').trim();
  return typed === analytics ? undefined : `type ${analytics} to replay so many records, or Esc`;
}

/** Keys of the guided replay. */
export const replay: readonly ActionRow[] = [
  {
    id: 'choose-replay-answer',
    layer: 'replay',
    chords: ['left', 'right', 'tab'],
    keys: '← →',
    hint: 'choose',
    help: 'goes from the safe answer to the other one, and back',
    rank: 1,
    applies: (context) => ['preview', 'differs'].includes(stage(context)?.is ?? ''),
    run: choose,
  },
  {
    id: 'give-replay-answer',
    layer: 'replay',
    chords: ['enter'],
    hint: 'answer',
    help: 'does what is chosen; the safe answer is chosen at first',
    rank: 2,
    guard,
    run: answer,
  },
  {
    id: 'cancel-replay',
    layer: 'replay',
    chords: ['c'],
    hint: 'cancel replay',
    help: 'ends the replay that runs; the held numbers stay',
    rank: 3,
    applies: (context) => ['running', 'beginning'].includes(stage(context)?.is ?? ''),
    run: () => [{ do: 'command', command: { verb: 'replay', action: 'cancel' } }],
  },
  {
    id: 'close-replay',
    layer: 'replay',
    chords: ['esc'],
    hint: 'close',
    help: 'closes the preview; a replay that runs goes on, and the pane shows how far it is',
    rank: 4,
    run: () => see({ type: 'overlay-closed' }),
  },
];
