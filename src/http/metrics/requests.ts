import { type Buckets, createBuckets } from '../../engine/buckets.ts';
import type { Sample } from './row.ts';
import type { Sums } from './sums.ts';

/** A request that was answered. `route` is the path as it is declared, or nothing for one that is not there. */
export type Answered = { method: string; route: string | undefined; status: number; ms: number };

/** Counts requests by route and answer. Labels are bounded: whoever asks for rubbish makes no new series. */
export type Requests = {
  answered(request: Answered): void;
  counts(): Sample[];
  durations(): { labels: Record<string, string>; sums: Sums }[];
};

const NO_ROUTE = 'none';

/** Methods that a label may hold. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function createRequests(): Requests {
  const counts = new Map<string, Sample>();
  const durations = new Map<string, { labels: Record<string, string>; buckets: Buckets }>();
  return {
    answered({ method: asked, route = NO_ROUTE, status, ms }) {
      const method = METHODS.has(asked) ? asked : 'other';
      const name = `${method} ${route}`;
      const counted = counts.get(`${name} ${status}`);
      const { value = 0 } = counted ?? {};
      counts.set(`${name} ${status}`, { labels: { method, route, status: String(status) }, value: value + 1 });
      const measured = durations.get(name) ?? { labels: { method, route }, buckets: createBuckets() };
      durations.set(name, measured);
      measured.buckets.record(ms);
    },
    counts: () => [...counts.values()],
    durations: () => [...durations.values()].map(({ labels, buckets }) => ({ labels, sums: buckets.read() })),
  };
}
