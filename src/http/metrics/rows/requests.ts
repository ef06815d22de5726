import type { MetricRow } from '../row.ts';

/** What is asked of the doors. */
export const REQUEST_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_http_requests_total',
    type: 'counter',
    unit: '',
    help: 'Requests that were answered, by route as it is declared (none for what is not there) and status',
    labels: ['method', 'route', 'status'],
    read: ({ memory }) => memory.requests.counts(),
  },
  {
    name: 'lunchrush_http_request_duration_seconds',
    type: 'histogram',
    unit: 'seconds',
    help: 'From the arrival of a request to the end of its answer; a stream lasts as long as somebody listens',
    labels: ['method', 'route'],
    read: ({ memory }) => memory.requests.durations(),
  },
];
