import { wrap } from '../format/wrap.ts';
import type { Line, OverlayRow } from '../types.ts';

/** The question before something dangerous. */
export const confirm: OverlayRow<'confirm'> = {
  kind: 'confirm',
  title: ({ title }) => title,
  draw({ lines, go, isGoChosen }, _state, _view, { width }) {
    const answers: Line = [
      { text: '  ' },
      { text: isGoChosen ? '  Cancel  ' : '[ Cancel ]', ...(isGoChosen ? {} : { tone: 'focus' }) },
      { text: '   ' },
      { text: isGoChosen ? `[ ${go} ]` : `  ${go}  `, ...(isGoChosen ? { tone: 'bad' } : {}) },
    ];
    return [...lines.flatMap((line) => wrap(line, width)).map((text): Line => [{ text }]), [], answers];
  },
};
