import type { State } from '../../engine/state.ts';
import { count } from '../format/number.ts';
import { progressLine } from '../panes/analytics/replay.ts';
import { type ReplayOverlay, stageOf } from '../replay-stage.ts';
import type { Box, Line, OverlayRow } from '../types.ts';
import { buttons } from './replay/buttons.ts';
import { beforeAndAfter } from './replay/compare.ts';
import { previewLines } from './replay/preview.ts';
import { differsLines, verdictLines } from './replay/verdict.ts';

/** The guided replay: what it would do, how far it is, and what came of it. */
export const replay: OverlayRow<'replay'> = {
  kind: 'replay',
  title: () => 'Replay analytics',
  note: (_, { replay: { running } }) => (running ? `${count(running.folded)} of ${count(running.records)}` : ''),
  draw,
};

function text(words: string): Line {
  return [{ text: ` ${words}` }];
}

function draw(overlay: ReplayOverlay, state: State, _: unknown, { width, now }: Box): Line[] {
  const stage = stageOf(state, overlay);
  switch (stage.is) {
    case 'asking':
      return [text('asking what a replay would read …')];
    case 'preview':
      return previewLines(stage.preview, state, overlay.isGoChosen, width);
    case 'beginning':
      return [text('analytics rewinds …')];
    case 'running':
      return [
        progressLine(state, stage.running, now, width - 1),
        [],
        ...beforeAndAfter(stage.running, state, width),
        [],
        [{ text: ' c cancels it: the held numbers stay. Esc leaves it to itself.', tone: 'dim' }],
      ];
    case 'differs':
      return [
        ...differsLines(stage.verdict, width),
        [],
        ...beforeAndAfter(stage.running, state, width),
        [],
        buttons('Undo', 'Accept', overlay.isGoChosen),
      ];
    case 'ended':
      return [...verdictLines(stage.verdict, width), [], [{ text: ' Enter closes', tone: 'dim' }]];
    case 'failed':
      return [[{ text: ` no replay: ${stage.sentence}`, tone: 'bad' }], [], [{ text: ' Enter closes', tone: 'dim' }]];
  }
}
