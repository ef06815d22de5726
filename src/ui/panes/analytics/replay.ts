import type { State } from '../../../engine/state.ts';
import { bar } from '../../format/chart.ts';
import { count } from '../../format/number.ts';
import { clock, duration, seconds } from '../../format/time.ts';
import { wrap } from '../../format/wrap.ts';
import type { Line, Segment, Tone } from '../../types.ts';

type Running = NonNullable<State['replay']['running']>;
type Verdict = NonNullable<State['replay']['last']>;

/** When the replay that runs began, ms; undefined when the log does not remember it. */
export function begunAt({ log }: State): number | undefined {
  return log.findLast(({ type }) => type === 'replay-rewound')?.at;
}

/** How far a replay is, and how long it will take at its pace so far. */
export function progressLine(state: State, running: Running, now: number, width: number): Line {
  const share = running.records === 0 ? 1 : running.folded / running.records;
  const { done, left } = bar(share, Math.max(4, width - 24));
  const began = begunAt(state);
  const passed = began === undefined ? 0 : now - began;
  const eta = share > 0.02 && passed > 0 ? `  ${seconds((passed * (1 - share)) / share)} left` : '';
  const percent = `${Math.floor(share * 100)} %`.padStart(6);
  return [{ text: ` ${done}`, tone: 'work' }, { text: left, tone: 'dim' }, { text: `${percent}${eta}` }];
}

/** What the last replay said: `identical  12:00:41  253,394 records, 0.9 s`. */
export function verdictText(verdict: Verdict): string {
  const read = `${count(verdict.records)} records, ${duration(verdict.forMs)}`;
  switch (verdict.type) {
    case 'identical':
      return `identical: ${read}`;
    case 'different':
      return `differs: ${verdict.sentence}`;
    case 'window':
      return `window read: ${read}`;
  }
}

function runningLines(state: State, running: Running, now: number, width: number): Line[] {
  const title: Line = [
    { text: ' replay ', tone: 'work' },
    { text: 'the numbers on show are held', tone: 'dim' },
  ];
  return [title, progressLine(state, running, now, width)];
}

function differsLines(last: Verdict, width: number, rows: number): Line[] {
  const told = wrap(`replay ${verdictText(last)}`, width - 2).map((text): Line => [{ text: ` ${text}`, tone: 'bad' }]);
  return [...told.slice(0, Math.max(1, rows - 1)), [{ text: ' R shows both; keep one of them' }]];
}

const TONES: Record<Verdict['type'], Tone> = { identical: 'good', different: 'bad', window: 'bold' };

/** Replay as the pane shows it: running, open, ended, or not yet tried. At most `rows` lines. */
export function replayLines(state: State, now: number, width: number, rows: number): Line[] {
  const { running, last, lastAt } = state.replay;
  if (running && running.phase !== 'differs') return runningLines(state, running, now, width).slice(-rows);
  if (running && last) return differsLines(last, width, rows).slice(0, rows);
  if (!last) return [[{ text: ' R reads the log again and compares', tone: 'dim' }]];
  const when: Segment = { text: ` replay ${clock(lastAt)} `, tone: 'dim' };
  return [[when, { text: verdictText(last), tone: TONES[last.type] }]];
}
