import { chosenOrder, shownOrders } from '../../panes/orders/shown.ts';
import type { ActionContext, FieldName, ViewEvent } from '../../types.ts';

const FIELDS = ['order-items', 'order-id'] as const satisfies FieldName[];

/** Live again, on the line where orders are placed. */
export const LIVE: readonly ViewEvent[] = [
  { type: 'orders-held', orders: null },
  { type: 'follow-set', pane: 'orders', follows: true },
  { type: 'cursor-moved', of: 'orders', to: 0 },
];

/** Row under the cursor; 0 is the line where orders are placed. */
export function cursorOf({ state, view, now }: ActionContext): number {
  return Math.min(view.cursors.orders ?? 0, shownOrders(state, view, now).length);
}

/** The order under the cursor. */
export function chosen({ state, view, now }: ActionContext) {
  return chosenOrder(state, view, now);
}

/** Whether the cursor is on an order. */
export function isOnOrder(context: ActionContext): boolean {
  return chosen(context) !== undefined;
}

/** The field of the line where orders are placed that is being written in. */
export function fieldInUse({ view }: ActionContext): FieldName | undefined {
  return FIELDS.find((name) => name === view.typing?.field);
}
