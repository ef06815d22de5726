import type { State } from '../engine/state.ts';

/** What remains on the terminal when the screen is left, in lines. */
export function summarise({ start, cluster, analytics, log, groups, pipeline }: State, now: number): string[] {
  const commands = log.filter(({ type }) => type === 'command-started').length;
  const failed = log.filter(({ type }) => type === 'command-failed').length;
  const head = `lunchrush ran ${forWords(now - start.at)}: ${commands} commands${failed > 0 ? `, ${failed} failed` : ''}`;
  const { totals } = analytics;
  if (!totals) return [head];
  const count = (n: number) => n.toLocaleString('en');
  const lag = Object.values(pipeline.groups).reduce((sum, id) => sum + (groups[id]?.lag ?? 0), 0);
  return [
    head,
    `  ${count(totals.total_orders)} orders, ${count(totals.total_reservations)} outcomes, ${count(totals.failed_reservations)} of them failed; lag ${count(lag)} records`,
    ...(cluster.address === '' ? [] : [`  ${cluster.embedded ? 'embedded broker' : 'cluster'} at ${cluster.address}`]),
  ];
}

function forWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
