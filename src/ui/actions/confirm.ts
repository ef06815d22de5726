import type { ActionContext, ActionRow } from '../types.ts';
import { see } from './see.ts';

function question({ view }: ActionContext) {
  return view.overlay?.kind === 'confirm' ? view.overlay : undefined;
}

/** The question before something dangerous: cancel is chosen until somebody chooses otherwise. */
export const confirm: readonly ActionRow[] = [
  {
    id: 'choose-answer',
    layer: 'confirm',
    chords: ['left', 'right', 'tab'],
    keys: '← →',
    hint: 'choose',
    help: 'goes from cancel to the other answer, and back',
    rank: 1,
    run(context) {
      const asked = question(context);
      return asked ? see({ type: 'overlay-opened', overlay: { ...asked, isGoChosen: !asked.isGoChosen } }) : [];
    },
  },
  {
    id: 'give-answer',
    layer: 'confirm',
    chords: ['enter'],
    hint: 'answer',
    help: 'does what is chosen; cancel is chosen at first',
    rank: 2,
    run(context) {
      const asked = question(context);
      const closed = see({ type: 'overlay-closed' });
      return asked?.isGoChosen ? [...closed, ...asked.outcomes] : closed;
    },
  },
  {
    id: 'cancel-question',
    layer: 'confirm',
    chords: ['esc', 'n'],
    hint: 'cancel',
    help: 'does nothing',
    rank: 3,
    run: () => see({ type: 'overlay-closed' }),
  },
];
