import {
  Counter,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  type PrometheusContentType,
  type Registry,
} from 'prom-client';
import type { Measured, MetricRow, Sample, Seen } from './row.ts';

/** A registry of either format. */
export type AnyRegistry = Registry<PrometheusContentType> | Registry<OpenMetricsContentType>;

/** Lets a registry read a row at each scrape. */
export function register(row: MetricRow, registry: AnyRegistry, look: () => Seen): void {
  const { name, help, labels: labelNames } = row;
  const config = { name, help, labelNames, registers: [registry] };
  if (row.type === 'histogram') new ReadHistogram(config, () => row.read(look()));
  else if (row.type === 'counter')
    new Counter({ ...config, collect: fill(row, look, (m, s) => m.inc(s.labels, s.value)) });
  else new Gauge({ ...config, collect: fill(row, look, (m, s) => m.set(s.labels, s.value)) });
}

type Emptied = { reset(): void; remove(labels: Record<string, string>): void };

/** Puts what is read in place of what was there: our numbers are absolute. */
function fill<M extends Emptied>(
  row: { read(seen: Seen): Sample[] },
  look: () => Seen,
  put: (metric: M, sample: Sample) => void,
): (this: M) => void {
  return function (this: M) {
    const samples = row.read(look());
    this.reset();
    // One without labels is 0 after a reset: absent is another thing.
    if (samples.length === 0) this.remove({});
    for (const sample of samples) put(this, sample);
  };
}

/** A histogram that is not observed here but read whole. */
class ReadHistogram extends Histogram<string> {
  readonly #row: { name: string; help: string };
  readonly #read: () => Measured[];

  constructor(config: { name: string; help: string; registers: AnyRegistry[] }, read: () => Measured[]) {
    super(config);
    this.#row = config;
    this.#read = read;
  }

  /** What a registry prefers to `get`. */
  async getForPromString() {
    const { name, help } = this.#row;
    return {
      name,
      help,
      type: 'histogram',
      aggregator: 'sum',
      values: this.#read().flatMap((measured) => series(name, measured)),
    };
  }
}

type Series = { metricName: string; labels: Record<string, string>; value: number };

/** Nothing where nobody has measured yet. */
function series(name: string, { labels, sums: { boundsMs, counts, sumMs } }: Measured): Series[] {
  const all = counts.at(-1);
  if (all === undefined) return [];
  const buckets = counts.map((value, i) => ({
    metricName: `${name}_bucket`,
    labels: { ...labels, le: upperBound(boundsMs[i]) },
    value,
  }));
  const rest = { _sum: sumMs / 1000, _count: all };
  return [...buckets, ...Object.entries(rest).map(([end, value]) => ({ metricName: `${name}${end}`, labels, value }))];
}

/** In seconds, as both formats write a float: 1 is `1.0`. */
function upperBound(ms: number | undefined): string {
  if (ms === undefined) return '+Inf';
  return Number.isInteger(ms / 1000) ? `${ms / 1000}.0` : String(ms / 1000);
}
