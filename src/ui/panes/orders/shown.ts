import type { State } from '../../../engine/state.ts';
import { passes } from '../../filter.ts';
import type { RecentOrder, View } from '../../types.ts';

/** So long does what a person placed stand above what a load test sends, ms. */
const ON_TOP_MS = 30_000;

/** The orders of the list, in its order: as held, else the newest first, those placed by hand before a load's. */
export function shownOrders(state: State, view: View, now: number): RecentOrder[] {
  const live = state.analytics.recent;
  const orders = view.heldOrders ? view.heldOrders.map((held) => current(live, held)) : byRank(live, now);
  return orders.filter((order) => passes(view.filters.orders, wordsOf(order)));
}

/** The order under the cursor; undefined on the line where orders are placed, which is row 0. */
export function chosenOrder(state: State, view: View, now: number): RecentOrder | undefined {
  const orders = shownOrders(state, view, now);
  return orders[Math.min(view.cursors.orders ?? 0, orders.length) - 1];
}

/** A held row goes on telling what became of its order, as long as that is told: an outcome stays, waiting does not. */
function current(live: readonly RecentOrder[], held: RecentOrder): RecentOrder {
  const found = live.find(({ partition, offset }) => partition === held.partition && offset === held.offset);
  return found ?? (held.state === 'waiting' ? { ...held, state: 'unknown' } : held);
}

function byRank(orders: readonly RecentOrder[], now: number): RecentOrder[] {
  const isOnTop = ({ ofLoad, placedAt }: RecentOrder) => !ofLoad && placedAt >= now - ON_TOP_MS;
  return [...orders.filter(isOnTop), ...orders.filter((order) => !isOnTop(order))];
}

function wordsOf({ orderId, state, partition, offset }: RecentOrder): string {
  return `${orderId} ${state} ${partition}@${offset}`;
}
