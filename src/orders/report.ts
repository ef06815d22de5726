import type { Totals } from './totals.ts';

/** The text report of `metrics.txt`, ending in a newline; the same words and blanks in every version. */
export function printReport(totals: Totals): string {
  const minutes = Object.entries(totals.orders_per_minute).map(([minute, count]) => `  ${minute}: ${count}\n`);
  return `=== Analytics Metrics ===
Total orders seen: ${totals.total_orders}
Total reservations: ${totals.total_reservations}
Failed reservations: ${totals.failed_reservations}
Failure rate: ${totals.failure_rate.toFixed(4)}

Orders per minute:
${minutes.join('')}`;
}
