import type { State } from '../engine/state.ts';
import { widthOf } from './paint.ts';
import type { Line, View } from './types.ts';

/** Whether the one at the keyboard may be new here: nothing has been ordered yet, and nobody put the hint away. */
export function isHintDue({ topics, pipeline }: State, { isHintShown }: Pick<View, 'isHintShown'>): boolean {
  if (pipeline.readOnly) return false;
  return isHintShown && Object.values(topics.watermarks).every((marks) => marks.every(({ high }) => high === 0));
}

const NEW = { text: ' New here? ', tone: 'bold' } as const;
const AWAY: Line = [{ text: ' ? says what every key does, Esc puts these lines away.', tone: 'dim' }];

/** Lines for the first minute, from many words to few. */
const HINTS: readonly (readonly Line[])[] = [
  [
    [NEW, { text: 'Press : and type  load 10k  then Enter: 10,000 orders go through the pipeline.' }],
    [{ text: ' Then 4 to break something, 5 to watch the lag it makes, 6 to read the whole log again and compare.' }],
    AWAY,
  ],
  [
    [NEW, { text: ': and  load 10k  and Enter send 10,000 orders through it.' }],
    [{ text: ' Then 4 to break something, 5 to watch the lag, 6 to read it all again.' }],
    AWAY,
  ],
  [
    [NEW, { text: ': and  load 10k  and Enter send 10,000 orders.' }],
    [{ text: ' Then 4 breaks things, 5 shows the lag, 6 replays it all.' }],
    AWAY,
  ],
  [[NEW, { text: ': and  load 10k  and Enter; ? is help, Esc done.' }]],
];

/** The hint that has room in so many rows of that width. */
export function hintLines(width: number, rows: number): readonly Line[] {
  const fits = (lines: readonly Line[]) => lines.length <= rows && lines.every((line) => widthOf(line) <= width);
  return HINTS.find(fits) ?? [];
}
