import type { LoadState, State } from '../../../engine/state.ts';
import { bar, sparkline } from '../../format/chart.ts';
import { gap, type Named, namedValues, right } from '../../format/line.ts';
import { count, rate, short } from '../../format/number.ts';
import { seconds } from '../../format/time.ts';
import { widthOf } from '../../paint.ts';
import { loadRate, loadRates } from '../../rates.ts';
import type { Box, Line, Segment, Tone } from '../../types.ts';
import { planText } from './form.ts';
import { percentileLines } from './percentiles.ts';
import { progressOf } from './progress.ts';

type Report = NonNullable<LoadState['report']>;
type Plan = NonNullable<LoadState['plan']>;

/** The load that runs, or how the last one went: what is most telling first, as much as there is room for. */
export function reportLines(state: State, plan: Plan, { width, height, now }: Box): Line[] {
  const { report } = state.load;
  const head: Line = [{ text: ` ${planText(plan)}` }];
  if (!report) return [head, [{ text: ' nothing acknowledged yet', tone: 'dim' }]];
  const top = [head, progressLine(state, plan, report, width, now), paceLine(state, plan, report, width, now)];
  const trouble: Line[] = report.waitsFor === '' ? [] : [[{ text: ` ${report.waitsFor}`, tone: 'bad' }]];
  const counts = [...top, ...trouble, mishapLine(report, width)];
  const table = percentileLines(report, state.analytics.latency, width, height - counts.length);
  const air = height - counts.length - table.length;
  const sums = air >= 2 ? [sumLine(report, width)] : [];
  return [...counts, ...sums, ...(air - sums.length >= 1 ? [[]] : []), ...table].slice(0, height);
}

function progressLine(state: State, plan: Plan, report: Report, width: number, now: number): Line {
  const { running, stopped } = state.load;
  const { fraction, etaMs } = progressOf(plan, report, loadRate(state, now));
  const percent = right(`${Math.floor(fraction * 100)} %`, 6);
  const rest: Segment = running
    ? right(report.phase === 'draining' ? 'flushing' : etaMs === null ? '' : seconds(etaMs), 9, 'work')
    : right(`${stopped ? 'stopped' : 'done'} ${seconds(report.elapsedMs)}`, 13, stopped ? 'work' : 'good');
  const room = Math.max(4, width - 1 - widthOf([percent, rest]));
  const { done, left: trough } = bar(fraction, room);
  return [
    gap(1),
    { text: done, tone: running ? 'work' : stopped ? 'dim' : 'good' },
    { text: trough, tone: 'dim' },
    percent,
    rest,
  ];
}

/** What it gets beside what was asked, and how that went. */
function paceLine(state: State, plan: Plan, report: Report, width: number, now: number): Line {
  const { running } = state.load;
  const got = running ? loadRate(state, now) : report.achieved;
  const isShort = plan.rate !== 'max' && plan.shape === 'steady' && got < plan.rate * 0.9;
  const head: Line = [
    { text: running ? ' got ' : ' mean ', tone: 'dim' },
    right(rate(got), 8, isShort ? 'work' : undefined),
    { text: askedText(plan), tone: 'dim' },
    gap(2),
  ];
  const room = Math.max(0, Math.min(60, width - widthOf(head) - 1));
  return [...head, { text: sparkline(loadRates(state, now), room), tone: 'dim' }];
}

function askedText({ rate: asked, shape }: Plan): string {
  if (asked === 'max') return '';
  return shape === 'steady' ? ` of ${rate(asked)}` : ` of ~${rate(asked)}`;
}

const MISHAPS = ['late', 'shed', 'unknown', 'errors'] as const;

const MISHAP_TONES: Readonly<Record<(typeof MISHAPS)[number], Tone>> = {
  late: 'work',
  shed: 'bad',
  unknown: 'work',
  errors: 'bad',
};

/** Records sent too late, given up, sent twice in doubt, refused; only what there is where there is no room for noughts. */
function mishapLine(report: Report, width: number): Line {
  const values = MISHAPS.map((name): Named => {
    const value = short(report[name]);
    return report[name] > 0 ? { name, value, tone: MISHAP_TONES[name] } : { name, value };
  });
  const whole = namedValues(values, Number.POSITIVE_INFINITY);
  return widthOf(whole) <= width
    ? whole
    : namedValues(
        values.filter(({ tone }) => tone !== undefined),
        width,
      );
}

function sumLine({ produced, distinct, duplicates, malformed, phase }: Report, width: number): Line {
  // What is counted by kind is what was composed: while it runs that is ahead of what is acknowledged.
  const sums = { sent: produced, ...(phase === 'done' ? { distinct } : {}), copies: duplicates, malformed };
  const values = Object.entries(sums).map(([name, value]) => ({
    name,
    value: width < 60 ? short(value) : count(value),
  }));
  return namedValues(values, width);
}

/** Said of a load in the pane's frame. */
export function loadNote({ load }: Pick<State, 'load'>): string {
  const { plan, running, report, stopped } = load;
  if (running) return report?.phase === 'draining' ? 'flushing' : 'running';
  return plan === null ? '' : stopped ? 'stopped' : 'done';
}
