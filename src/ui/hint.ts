import type { State } from '../engine/state.ts';
import type { Line, View } from './types.ts';

/** Whether the one at the keyboard may be new here: nothing has been ordered yet, and nobody put the hint away. */
export function isHintDue({ topics }: State, { isHintShown }: Pick<View, 'isHintShown'>): boolean {
  return isHintShown && Object.values(topics.watermarks).every((marks) => marks.every(({ high }) => high === 0));
}

/** Three lines for the first minute. */
export const HINT: readonly Line[] = [
  [
    { text: ' New here? ', tone: 'bold' },
    { text: 'Press : and type  load 10k  then Enter: 10,000 orders go through the pipeline.' },
  ],
  [{ text: ' Then 4 to break something, 5 to watch the lag it makes, 6 to read the whole log again and compare.' }],
  [{ text: ' ? says what every key does, Esc puts these lines away.', tone: 'dim' }],
];
