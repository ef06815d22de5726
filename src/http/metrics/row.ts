import type { State } from '../../engine/state.ts';
import type { Memory, Sums } from './memory.ts';
import type { ProcessReading } from './process.ts';

/** What a scrape sees: the state, what it does not keep, and the process itself. `now` is wall clock, ms. */
export type Seen = { state: State; memory: Memory; process: ProcessReading; version: string; now: number };

/** One series of a metric: a text for each of its labels, and a number. */
export type Sample = { labels: Record<string, string>; value: number };

/** Measurements under a text for each label; in ms, and served in seconds. */
export type Measured = { labels: Record<string, string>; sums: Sums };

/** What `_total`, `_seconds` and the like at the end of a name count; empty for what has no unit. */
export type Unit = '' | 'seconds' | 'bytes' | 'records' | 'ratio';

type Named = {
  /** By Prometheus's conventions: ends with its unit, a counter's with `_total`. */
  name: string;
  unit: Unit;
  /** One sentence without a full stop. */
  help: string;
  labels: readonly string[];
};

/** A row of the metrics table. What cannot be said right now is read as no sample: a series that is absent, not a zero. */
export type MetricRow = Named &
  ({ type: 'gauge' | 'counter'; read(seen: Seen): Sample[] } | { type: 'histogram'; read(seen: Seen): Measured[] });

/** One series without labels; none where there is nothing to say. */
export function one(value: number | null | undefined): Sample[] {
  return value === null || value === undefined ? [] : [{ labels: {}, value }];
}

/** One series for each name, under one label. */
export function each(label: string, values: Record<string, number>): Sample[] {
  return Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
}

/** How old a look at the cluster may be before what it said is no longer told, ms: some looks may fail, an outage shows. */
const FRESH_MS = 10_000;

/** Whether the broker's offsets and groups are told: only while it answers. */
export function isFresh({ state, now }: Seen): boolean {
  return state.cluster.state === 'up' && now - state.topics.at <= FRESH_MS;
}
