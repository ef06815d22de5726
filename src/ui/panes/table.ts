import { PANES, type Pane, type PaneId } from '../types.ts';

/** Numbers of the panes, as in their titles and on the keyboard; the log of facts has none. */
export function numberOf(id: PaneId): number | undefined {
  const index = PANES.indexOf(id);
  return index < 6 ? index + 1 : undefined;
}

function awaited(id: PaneId, title: string, about: string): Pane {
  return { id, title, about, draw: () => [[{ text: 'not there yet', tone: 'dim' }]] };
}

/** The panes by id. */
export const PANE: Record<PaneId, Pane> = {
  pipeline: awaited('pipeline', 'Pipeline', 'the way of an order, with rate and backlog at every hop'),
  orders: awaited('orders', 'Orders', 'place an order, see recent ones, trace one'),
  load: awaited('load', 'Load', 'a load test: count, rate, shape, percentiles'),
  faults: awaited('faults', 'Faults', 'fail rate, throttle, workers and the broker'),
  lag: awaited('lag', 'Lag', 'how far each group is behind, and why'),
  analytics: awaited('analytics', 'Analytics', 'what the log adds up to, and replay'),
  facts: awaited('facts', 'Facts', 'what happened, when and why'),
};
