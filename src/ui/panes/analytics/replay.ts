import type { State } from '../../../engine/state.ts';
import { cellsOf, cut } from '../../cells.ts';
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

/** What the last replay said, in a word and the rest of it: `identical`, `253,394 records, 0.9 s`. */
function verdictParts(verdict: Verdict): { word: string; rest: string } {
  const read = `${count(verdict.records)} records, ${duration(verdict.forMs)}`;
  switch (verdict.type) {
    case 'identical':
      return { word: 'identical', rest: read };
    case 'different':
      return { word: 'differs', rest: verdict.sentence };
    case 'window':
      return { word: 'window read', rest: read };
  }
}

function runningLines(state: State, running: Running, now: number, width: number): Line[] {
  const title: Line = [
    { text: ' replay ', tone: 'work' },
    { text: 'the numbers on show are held', tone: 'dim' },
  ];
  return [title, progressLine(state, running, now, width)];
}

/** A text in at most so many lines; that there is more of it is said at its end. */
function atMost(text: string, width: number, rows: number): string[] {
  const lines = wrap(text, width);
  return lines.length <= rows ? lines : [...lines.slice(0, rows - 1), cut(lines.slice(rows - 1).join(' '), width)];
}

function differsLines(last: Verdict, width: number, rows: number): Line[] {
  const { word, rest } = verdictParts(last);
  const told = atMost(`replay ${word}: ${rest}`, width - 2, rows - 1).map(
    (text): Line => [{ text: ` ${text}`, tone: 'bad' }],
  );
  return [...told, [{ text: ' R shows both; keep one of them' }]];
}

const TONES: Record<Verdict['type'], Tone> = { identical: 'good', different: 'bad', window: 'bold' };

/** Replay as the pane shows it: running, open, ended, or not yet tried. At most `rows` lines. */
export function replayLines(state: State, now: number, width: number, rows: number): Line[] {
  const { running, last, lastAt } = state.replay;
  if (running && running.phase !== 'differs') return runningLines(state, running, now, width).slice(-rows);
  if (running && last) return differsLines(last, width, rows);
  if (!last) return [[{ text: ' R reads the log again and compares', tone: 'dim' }]];
  return endedLines(last, lastAt, width, rows);
}

/** `replay 12:00:41 identical: 253,394 records, 0.9 s`, in one line where that fits. */
function endedLines(last: Verdict, lastAt: number, width: number, rows: number): Line[] {
  const when: Segment = { text: ` replay ${clock(lastAt)} `, tone: 'dim' };
  const { word, rest } = verdictParts(last);
  const tone = TONES[last.type];
  if (cellsOf(`${when.text}${word}: ${rest}`) <= width) return [[when, { text: `${word}: ${rest}`, tone }]];
  const below = atMost(rest, width - 2, rows - 1).map((text): Line => [{ text: ` ${text}`, tone }]);
  return [[when, { text: `${word}:`, tone }], ...below];
}
