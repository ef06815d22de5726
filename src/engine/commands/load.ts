import { LunchrushError } from '../../errors.ts';
import type { LoadDigest, LoadPlan, Percentiles } from '../../workers/messages.ts';
import type { Result } from '../engine.ts';
import type { EventOf } from '../event.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { expectEvent } from '../next-event.ts';
import { columns, pairs } from '../print/columns.ts';
import { count, duration, many, rate } from '../print/quantity.ts';

/** Records of a load test for which neither a count nor a duration was given. */
const COUNT = 10_000;

/** The run's part of every id when ids are to be the same each time, as the seed's were. */
const REUSED = 'load';

/** Runs a load test. In the background it ends when the test has begun, else when all is acknowledged. */
export const run: Run<'load'> = async (hall, command, signal) => {
  const plan = planOf(hall, command);
  await measure(hall, plan.run);
  const begun = expectEvent(hall.events, signal, (event) => (event.type === 'load-started' ? event : undefined));
  const ended = expectEvent(hall.events, new AbortController().signal, endOfLoad);
  try {
    await hall.supervisor.startLoad(plan);
    await begun.seen;
    if (command.background) return { data: { run: plan.run }, text: [`load ${plan.run} is running`] };
    return reportOf(hall, await untilEnded(hall, ended.seen, signal));
  } finally {
    begun.forget();
    ended.forget();
  }
};

type Ended = EventOf<'load-finished'> | { lost: string };

function endOfLoad(event: Parameters<Parameters<Hall['events']['onEvent']>[0]>[0]): Ended | undefined {
  if (event.type === 'load-finished') return event;
  const isDeath = event.type === 'worker-died' || event.type === 'worker-killed';
  if (!isDeath || !event.slot.startsWith('load/')) return undefined;
  return { lost: event.type === 'worker-died' ? event.reason : 'it was killed' };
}

/** An interruption ends the test cleanly: what is under way is acknowledged and reported before. */
async function untilEnded(
  { supervisor }: Hall,
  seen: Promise<Ended>,
  signal: AbortSignal,
): Promise<EventOf<'load-finished'>> {
  const stop = () => void supervisor.stopLoad().catch(() => {});
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const ended = await seen.finally(() => signal.removeEventListener('abort', stop));
  if ('lost' in ended) {
    throw new LunchrushError('WORKER_FAILED', `the load test was lost with its worker: ${ended.lost}`);
  }
  return ended;
}

/** Analytics measures end to end for this run from now on; when it is down there is nothing to measure. */
async function measure({ supervisor, events }: Hall, run: string): Promise<void> {
  const { workers } = events.store.getState();
  const analytics = supervisor
    .slots()
    .filter((slot) => slot.startsWith('analytics/') && workers[slot]?.thread === 'ready');
  await Promise.all(analytics.map((slot) => supervisor.ask(slot, { type: 'measure-load', run }).catch(() => {})));
}

/** A run's part of its ids: the time and some chance, so that no two runs on a log share it. */
function newRun({ clock, random }: Pick<Hall, 'clock' | 'random'>): string {
  const chance = Math.floor(random() * 36 ** 4);
  return `${clock.now().toString(36)}${chance.toString(36).padStart(4, '0')}`;
}

/** The plan of a load command, with an id for its run. */
export function planOf(hall: Pick<Hall, 'clock' | 'random'>, command: CommandOf<'load'>): LoadPlan {
  const { verb: _, reuseIds, background: __, count: asked, durationMs, ...shape } = command;
  const size = asked ?? (durationMs === undefined ? COUNT : undefined);
  return {
    run: reuseIds ? REUSED : newRun(hall),
    ...(size === undefined ? {} : { count: size }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...shape,
  };
}

/** The report of a load test that has ended, with what has been measured end to end so far. */
export function reportOf(hall: Pick<Hall, 'events'>, { report, stopped }: EventOf<'load-finished'>): Result {
  const { latency } = hall.events.store.getState().analytics;
  const { run, asked, produced, distinct, duplicates, malformed, errors, unknown, late, shed } = report;
  const counts = { run, asked, produced, distinct, duplicates, malformed, errors, unknown, late, shed };
  const { elapsedMs, achieved, delay, publish } = report;
  const data = { ...counts, stopped, elapsedMs, achieved, wanted: report.rate, delay, publish, endToEnd: latency };
  return { data, text: printLoad(report, stopped, latency) };
}

/** The report as lines. */
export function printLoad(report: LoadDigest, stopped: boolean, endToEnd: Percentiles): string[] {
  const { produced, elapsedMs, achieved } = report;
  const how = report.rate === 'max' ? 'closed loop, as fast as acknowledged' : `open loop, ${rate(report.rate)} wanted`;
  const first = `${stopped ? 'stopped after ' : ''}${many(produced, 'record')} in ${duration(elapsedMs)}: ${rate(achieved)} (${how})`;
  const extra = (['duplicates', 'malformed', 'errors', 'unknown', 'late', 'shed'] as const).filter(
    (key) => report[key] > 0,
  );
  const counts = [
    ['distinct', count(report.distinct)] as const,
    ...extra.map((key) => [key, count(report[key])] as const),
  ];
  return [
    first,
    ...pairs(counts),
    ...printPercentiles({
      'send delay': report.delay,
      publish: report.publish,
      [endToEnd.count < report.distinct ? 'end to end, so far' : 'end to end']: endToEnd,
    }),
  ];
}

function printPercentiles(measured: Record<string, Percentiles>): string[] {
  const rows = Object.entries(measured).filter(([, { count: n }]) => n > 0);
  const heads = [{ title: '' }, ...['count', 'p50', 'p99', 'p99.9', 'max'].map((title) => ({ title, right: true }))];
  const cells = rows.map(([name, p]) => [name, count(p.count), ...[p.p50, p.p99, p.p999, p.max].map(duration)]);
  return cells.length === 0 ? [] : columns(heads, cells);
}
