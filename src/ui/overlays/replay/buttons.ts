import type { Line } from '../../types.ts';

/** Two answers, the safe one first; the one in brackets is what Enter gives. */
export function buttons(safe: string, go: string, isGoChosen: boolean): Line {
  return [
    { text: '  ' },
    isGoChosen ? { text: `  ${safe}  ` } : { text: `[ ${safe} ]`, tone: 'focus' },
    { text: '   ' },
    isGoChosen ? { text: `[ ${go} ]`, tone: 'bad' } : { text: `  ${go}  ` },
  ];
}
