import type { Moment } from '../engine/history.ts';
import type { State } from '../engine/state.ts';
import { trend } from './format/trend.ts';

/** What a group has yet to do: records, where that goes, and ms until nothing is left (null while it does not drain). */
export type Backlog = { records: number; trend: '↑' | '↓' | ' '; etaMs: number | null };

/** How far back a trend looks, ms. */
const TREND_MS = 3_000;

/**
 * Records before the group by its workers' positions. Lag counts from committed offsets, which move only now and then;
 * this is how far the work itself is behind.
 */
export function backlogOf(state: State, groupId: string, topics: readonly string[], now: number): Backlog {
  const group = state.groups[groupId];
  const records = group?.partitions.reduce((sum, { high, progress }) => sum + Math.max(0, high - progress), 0) ?? 0;
  const before = state.history.findLast(({ at }) => at <= now - TREND_MS);
  return {
    records,
    trend: trend(before && backlogAt(before, groupId, topics), records, noise(state, topics)),
    etaMs: records === 0 ? 0 : (group?.etaMs ?? null),
  };
}

/** What comes in half a second is on its way rather than behind; a few records are always. */
function noise({ history }: State, topics: readonly string[]): number {
  const [before, last] = history.slice(-2);
  const came = before && last ? endsOf(last, topics) - endsOf(before, topics) : 0;
  return Math.max(5, came / 2);
}

function endsOf({ ends }: Moment, topics: readonly string[]): number {
  return topics.reduce((sum, topic) => sum + (ends[topic] ?? 0), 0);
}

function backlogAt(moment: Moment, groupId: string, topics: readonly string[]): number {
  return Math.max(0, endsOf(moment, topics) - (moment.done[groupId] ?? 0));
}

/** Backlog of the inventory group, which reads `orders`. */
export function inventoryBacklog(state: State, now: number): Backlog {
  const { groups, topics } = state.pipeline;
  return backlogOf(state, groups.inventory, [topics.orders], now);
}

/** Backlog of the analytics group, which reads both topics. */
export function analyticsBacklog(state: State, now: number): Backlog {
  const { groups, topics } = state.pipeline;
  return backlogOf(state, groups.analytics, [topics.orders, topics.inventoryEvents], now);
}
