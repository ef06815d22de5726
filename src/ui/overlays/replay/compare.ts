import type { State } from '../../../engine/state.ts';
import { left, right } from '../../format/line.ts';
import { ODDITIES, SUMS } from '../../panes/analytics/counters.ts';
import type { Line } from '../../types.ts';

type Running = NonNullable<State['replay']['running']>;

/** Figures that tell how a replay goes; the rest stand there when they differ. */
const ALWAYS: ReadonlySet<string> = new Set(['orders', 'reserved', 'failed', 'waiting', 'redelivered']);

/** The held numbers and the replayed ones beside each other. */
export function beforeAndAfter({ held, replayed, phase }: Running, { analytics }: State, width: number): Line[] {
  const column = Math.min(20, Math.floor((width - 15) / 2));
  const isOver = phase === 'differs';
  const rows = [...SUMS, ...ODDITIES].filter(
    ({ name, value }) => ALWAYS.has(name) || (isOver && value(held) !== value(replayed)),
  );
  return [
    [
      left('', 15),
      right('held at the cut', column, 'dim'),
      right(isOver ? 'replayed' : 'replayed so far', column, 'dim'),
    ],
    ...rows.map(({ name, value, write }): Line => {
      const isSame = value(held) === value(replayed);
      const tone = isOver && !isSame ? 'bad' : undefined;
      return [left(` ${name}`, 15), right(write(value(held)), column), right(write(value(replayed)), column, tone)];
    }),
    [left(' digest', 15), right(brief(analytics.digest), column), right(isOver ? 'another' : '…', column)],
  ];
}

/** A digest that two people can compare by eye: its ends. */
function brief(digest: string): string {
  return digest.length > 9 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest;
}
