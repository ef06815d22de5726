import { foreignMembers } from '../../../engine/foreign-members.ts';
import type { State } from '../../../engine/state.ts';
import { analyticsBacklog, type Backlog, inventoryBacklog } from '../../backlog.ts';
import { count, percent, rate } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import { appendedRate, appendedRates, doneRate, loadRate } from '../../rates.ts';
import type { Segment, Tone } from '../../types.ts';
import { wordOf, workersOf } from '../worker-state.ts';

/** A value with its labels, the longest first: the first that fits is shown. */
export type Pair = { labels: readonly string[]; value: string; tone?: Tone };

/** One stop on the way of an order. `spark` is drawn before the rate where there is one. */
export type Station = {
  /** Titles, the longest first. */
  titles: readonly string[];
  state: Segment[];
  pairs: readonly Pair[];
  spark?: { rates: readonly (number | null)[]; rate: number };
  /** What waits before it; absent where nothing can. */
  backlog?: Backlog;
};

/** The five stops in the order of the flow. */
export function stationsOf(state: State, now: number): Station[] {
  const { topics } = state.pipeline;
  return [
    load(state, now),
    topic(state, topics.orders, ['orders'], now),
    inventory(state, now),
    topic(state, topics.inventoryEvents, [topics.inventoryEvents, 'events'], now),
    analytics(state, now),
  ];
}

function dot(tone: Tone | undefined, text: string): Segment[] {
  return [tone ? { text: '● ', tone } : { text: '○ ', tone: 'dim' }, tone ? { text } : { text, tone: 'dim' }];
}

function load(state: State, now: number): Station {
  const { report, running } = state.load;
  const trouble = running && report?.state === 'blocked';
  const p99 = report && report.publish.count > 0 ? duration(report.publish.p99) : '–';
  return {
    titles: ['load'],
    state: running ? dot(trouble ? 'bad' : 'good', rate(loadRate(state, now))) : dot(undefined, 'idle'),
    pairs: [
      { labels: ['sent', ''], value: count(report?.produced ?? 0) },
      { labels: ['p99', ''], value: p99 },
    ],
  };
}

function topic(state: State, name: string, titles: readonly string[], now: number): Station {
  const { partitions, watermarks } = state.topics;
  const records = (watermarks[name] ?? []).reduce((sum, { low, high }) => sum + high - low, 0);
  const many = partitions === 1 ? '1 partition' : `${partitions} partitions`;
  return {
    titles,
    state: partitions === 0 ? [{ text: 'not there yet', tone: 'dim' }] : [{ text: many }],
    pairs: [{ labels: ['records', 'rec', ''], value: count(records) }],
    spark: { rates: appendedRates(state, name, now), rate: appendedRate(state, name) },
  };
}

function inventory(state: State, now: number): Station {
  const { wanted, applied } = state.knobs;
  const isPending = Object.values(applied).some((revision) => revision < wanted.revision);
  const ours = workersOf(state, 'inventory').length;
  const foreign = foreignMembers(state, 'inventory').length;
  const knob = (value: string): Pick<Pair, 'value' | 'tone'> => {
    // What other programs apply nobody tells us.
    if (ours === 0 && foreign > 0) return { value: '–' };
    return isPending ? { value: `→ ${value}`, tone: 'work' } : { value };
  };
  return {
    titles: [`inventory × ${ours + foreign}`],
    state: crew(state, 'inventory', rate(doneRate(state, state.pipeline.groups.inventory))),
    pairs: [
      { labels: ['throttle', 'thr.', ''], ...knob(duration(wanted.throttleMs)) },
      { labels: ['fail rate', 'fail', ''], ...knob(percent(wanted.failRate)) },
    ],
    backlog: inventoryBacklog(state, now),
  };
}

function analytics(state: State, now: number): Station {
  const { analytics: group } = state.pipeline.groups;
  const { totals } = state.analytics;
  const behind = state.groups[group]?.behindMs;
  return {
    titles: [`analytics × ${workersOf(state, 'analytics').length}`],
    state: state.replay.running ? dot('work', 'replaying') : crew(state, 'analytics', rate(doneRate(state, group))),
    pairs: [
      { labels: ['counted', 'done', ''], value: totals ? count(totals.total_reservations) : '–' },
      { labels: ['behind', ''], value: behind === undefined ? '–' : duration(behind) },
    ],
    backlog: analyticsBacklog(state, now),
  };
}

/** The workers of a kind together: what they do while all are at work, else how many are, or what is in the way. */
function crew(state: State, kind: 'inventory' | 'analytics', doing: string): Segment[] {
  const words = workersOf(state, kind).map(wordOf);
  const atWork = words.filter(({ isAtWork }) => isAtWork);
  const worst = words.find(({ tone }) => tone === 'bad') ?? words.find(({ tone }) => tone !== 'good');
  const foreign = foreignMembers(state, kind).length;
  if (words.length === 0) return foreign > 0 ? dot('good', `${doing}, foreign`) : dot(undefined, 'no worker');
  if (!worst) return dot('good', doing);
  if (atWork.length === words.length || atWork.length === 0) return dot(worst.tone, worst.word);
  return dot(worst.tone, `${atWork.length} of ${words.length} run`);
}
