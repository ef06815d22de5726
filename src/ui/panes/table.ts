import { PANES, type Pane, type PaneId } from '../types.ts';
import { analyticsPane } from './analytics.ts';
import { factsPane } from './facts.ts';
import { faultsPane } from './faults.ts';
import { lagPane } from './lag.ts';
import { loadPane } from './load.ts';
import { ordersPane } from './orders.ts';
import { pipelinePane } from './pipeline.ts';

/** Numbers of the panes, as in their titles and on the keyboard; the log of facts has none. */
export function numberOf(id: PaneId): number | undefined {
  const index = PANES.indexOf(id);
  return index < 6 ? index + 1 : undefined;
}

/** The panes by id. */
export const PANE: Record<PaneId, Pane> = {
  pipeline: pipelinePane,
  orders: ordersPane,
  load: loadPane,
  faults: faultsPane,
  lag: lagPane,
  analytics: analyticsPane,
  facts: factsPane,
};
