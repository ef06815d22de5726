import { foreignMembers } from '../../../engine/foreign-members.ts';
import type { State } from '../../../engine/state.ts';
import { analyticsBacklog, type Backlog, inventoryBacklog } from '../../backlog.ts';
import { count, rate, short } from '../../format/number.ts';
import { widthOf } from '../../paint.ts';
import { loadRate } from '../../rates.ts';
import type { Line, Segment } from '../../types.ts';
import { wordOf, workersOf } from '../worker-state.ts';

type Words = { number(value: number): string; inventory: string; analytics: string; hasRate: boolean };

/** From much room to little. */
const WORDINGS: readonly Words[] = [
  { number: count, inventory: 'inventory', analytics: 'analytics', hasRate: true },
  { number: short, inventory: 'inventory', analytics: 'analytics', hasRate: true },
  { number: short, inventory: 'inv', analytics: 'ana', hasRate: true },
  { number: short, inventory: 'inv', analytics: 'ana', hasRate: false },
];

/** The whole map in one line: `● load 1,204/s → orders +3,410 ↓ → ● inventory ×2 → events +12 → ● analytics`. */
export function drawMapLine(state: State, width: number, now: number): Line {
  const lines = WORDINGS.map((words) => lineOf(state, words, now));
  return lines.find((line) => widthOf(line) <= width) ?? lines.at(-1) ?? [];
}

function lineOf(state: State, { number, inventory, analytics, hasRate }: Words, now: number): Segment[] {
  const { running } = state.load;
  const arrow: Segment = { text: ' → ', tone: 'dim' };
  const sent =
    running && hasRate ? ` ${number === count ? rate(loadRate(state, now)) : `${short(loadRate(state, now))}/s`}` : '';
  const crew = workersOf(state, 'inventory').length + foreignMembers(state, 'inventory').length;
  return [
    running ? { text: '● ', tone: 'good' } : { text: '○ ', tone: 'dim' },
    { text: `load${sent}` },
    arrow,
    ...topic('orders', inventoryBacklog(state, now), number),
    arrow,
    dot(state, 'inventory'),
    { text: `${inventory} ×${crew}` },
    arrow,
    ...topic('events', analyticsBacklog(state, now), number),
    arrow,
    dot(state, 'analytics'),
    { text: analytics },
  ];
}

function topic(name: string, { records, trend }: Backlog, number: Words['number']): Segment[] {
  const text = `+${number(records)}${trend === ' ' ? '' : ` ${trend}`}`;
  return [{ text: `${name} ` }, trend === '↑' ? { text, tone: 'work' } : { text, tone: 'dim' }];
}

function dot(state: State, kind: 'inventory' | 'analytics'): Segment {
  const words = workersOf(state, kind).map(wordOf);
  const worst = words.find(({ tone }) => tone === 'bad') ?? words.find(({ tone }) => tone !== 'good') ?? words[0];
  if (worst) return { text: '● ', tone: worst.tone };
  // How those of other programs are is not known; that they are there is.
  return foreignMembers(state, kind).length > 0 ? { text: '● ', tone: 'good' } : { text: '○ ', tone: 'dim' };
}
