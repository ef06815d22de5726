import type { State } from '../../engine/state.ts';
import { filterLine } from '../filter.ts';
import { paragraphs } from '../format/wrap.ts';
import type { Box, Line, Pane, View } from '../types.ts';
import { entryLine } from './orders/entry.ts';
import { headLine, orderLine } from './orders/row.ts';
import { shownOrders } from './orders/shown.ts';
import { firstInSight } from './scroll.ts';
import { waitsFor } from './waits-for.ts';

/** Place an order, see what became of the last ones, trace one. */
export const ordersPane: Pane = {
  id: 'orders',
  title: 'Orders',
  about: 'Each order is a record: its id is the key, which says the partition; its offset is its place there.',
  note,
  rows: (state, view) => shownOrders(state, view, 0).length + 1,
  draw,
};

function note({ analytics }: State, { heldOrders }: View): string {
  if (heldOrders) return 'held; f follows';
  return analytics.recent.some(({ ofLoad }) => ofLoad) ? 'a sample of the load' : '';
}

function draw(state: State, view: View, { width, height, now }: Box): Line[] {
  const orders = shownOrders(state, view, now);
  const cursor = Math.min(view.cursors.orders ?? 0, orders.length);
  const isFocused = view.focus === 'orders';
  const frame = { width, now, topic: state.pipeline.topics.orders, isStale: state.cluster.state !== 'up' };
  const entry = entryLine(view, isFocused && cursor === 0, width);
  const top = [entry, ...filterLine(view, 'orders', width), ...(height >= 6 ? [headLine(frame)] : [])];
  const room = Math.max(0, height - top.length);
  if (orders.length === 0) return [...top, ...nothing(state, view, width)].slice(0, height);
  const from = firstInSight(orders.length, cursor - 1, room);
  const rows = orders
    .slice(from, from + room)
    .map((order, i) => orderLine(order, isFocused && from + i === cursor - 1, frame));
  return [...top, ...rows];
}

function nothing(state: State, view: View, width: number): Line[] {
  const text = view.filters.orders
    ? 'no recent order has this text'
    : waitsFor(state) || 'no order since the start; 2 and Enter place one, e says what is ordered';
  return paragraphs([text], width);
}
