import type { MetricRow } from './row.ts';
import { METRICS } from './table.ts';

/** How to read the metrics, and the table of them as chapters of a page. */
export function metricsMarkdown(): string {
  const chapters = Object.entries(METRICS).map(
    ([about, rows]) => `## ${about}\n\n${HEAD}\n${rows.map(line).join('\n')}`,
  );
  return [ABOUT, ...chapters].join('\n\n');
}

const ABOUT = `* **A cluster that is away**: what is asked of it (lag, offsets, groups, dead letters) is absent, at once when an outage is seen and
  after ten seconds in any case; \`lunchrush_cluster_up\` is 0. What workers have counted stays as it was, with its time.
* **Counters of the log** count what the log holds, not what this program did: the first scrape of an old log begins high.
  They stand still while a replay folds and while analytics restores. Another topic of the same name, or a replay
  that was accepted though it differed, takes them down, which Prometheus reads as a restart from 0.
* **Rates** are Prometheus's: \`rate(lunchrush_topic_records_total[1m])\` is what comes in,
  \`rate(lunchrush_outcomes_total[1m])\` what inventory decides. Latencies: \`histogram_quantile(0.99, …)\` over the buckets.
* **End to end** is measured by the clocks of who placed the order and of analytics: where they differ, so does it; less than
  nothing counts as nothing. Orders that were in the log before this program began are left out; those that analytics
  folds again after a crash are measured again.
* No label holds an order id or anything else without bounds.`;

const HEAD = '| metric | type | unit | labels | what it says |\n| --- | --- | --- | --- | --- |';

function line({ name, type, unit, labels, help }: MetricRow): string {
  const named = labels.map((label) => `\`${label}\``).join(' ');
  return `| \`${name}\` | ${type} | ${unit} | ${named} | ${help} |`;
}
