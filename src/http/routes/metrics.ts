import { z } from 'zod';
import type { Totals } from '../../orders/totals.ts';
import { prefers } from '../accept.ts';
import { Refusal } from '../problem.ts';
import { type Answer, get } from '../route.ts';
import type { Within } from '../within.ts';

const count = z.int().min(0);

const metricsBody = z
  .object({
    total_orders: count.meta({ description: 'orders in the log, repeated ids included' }),
    total_reservations: count.meta({ description: 'order ids with an outcome' }),
    failed_reservations: count,
    failure_rate: z.number().min(0).max(1).meta({ description: 'rounded to 4 digits' }),
    orders_per_minute: z
      .record(z.string(), count)
      .meta({ description: 'by YYYY-MM-DDTHH:MM of createdAt, or "unknown"' }),
    distinct_orders: count,
    duplicate_orders: count,
    pending: count.meta({ description: 'order ids without an outcome' }),
    malformed: count,
  })
  .meta({ id: 'Metrics' });

const TEXT = 'text/plain';

export const metrics = get('/metrics', {
  doors: ['analytics'],
  summary: 'says what the log adds up to',
  about: 'With Accept: text/plain it is the exposition of /metrics/prometheus.',
  told: { 200: { says: 'a fold of the log', schema: metricsBody } },
  problems: [503],
  async handle({ within, request }) {
    if (prefers(request.headers.accept, TEXT, 'application/json')) return expose(within, request.headers.accept);
    return { body: metricsOf(totalsOf(within)) };
  },
});

export const prometheus = get('/metrics/prometheus', {
  doors: ['analytics'],
  summary: 'says the same and more in the exposition format of Prometheus',
  told: { 200: { says: 'the exposition', type: TEXT } },
  handle: ({ within, request }) => expose(within, request.headers.accept),
});

async function expose({ exposition }: Within, accept: string | undefined): Promise<Answer> {
  const { contentType, body } = await exposition.read(accept);
  return { text: body, type: contentType };
}

/** What analytics last told. Before its first word nothing is known, and 0 would be a lie. */
export function totalsOf(within: Within): Totals {
  const { totals } = within.state().analytics;
  if (!totals) throw new Refusal(503, 'analytics has not told its numbers yet');
  return totals;
}

function metricsOf(totals: Totals): z.output<typeof metricsBody> {
  const { total_orders, total_reservations, failed_reservations, failure_rate, orders_per_minute } = totals;
  const { distinct_orders, duplicate_orders, pending, malformed } = totals;
  return {
    total_orders,
    total_reservations,
    failed_reservations,
    failure_rate: Math.round(failure_rate * 10_000) / 10_000,
    orders_per_minute,
    distinct_orders,
    duplicate_orders,
    pending,
    malformed,
  };
}
