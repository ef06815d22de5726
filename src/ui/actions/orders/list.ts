import { shownOrders } from '../../panes/orders/shown.ts';
import type { ActionContext, ActionRow, Outcome } from '../../types.ts';
import { clusterGuard } from '../guards.ts';
import { see } from '../see.ts';
import { chosen, cursorOf, isOnOrder, LIVE } from './context.ts';

/** Moves to a row, and holds the list still, so that the row does not run away. */
function move(context: ActionContext, to: (from: number, last: number) => number): Outcome[] {
  const { state, view, now } = context;
  const orders = shownOrders(state, view, now);
  const next = Math.min(orders.length, Math.max(0, to(cursorOf(context), orders.length)));
  const held = view.heldOrders ?? orders;
  return see(
    { type: 'cursor-moved', of: 'orders', to: next },
    ...(next === 0 ? [] : [{ type: 'orders-held', orders: held } as const]),
    { type: 'follow-set', pane: 'orders', follows: next === 0 && !view.heldOrders },
  );
}

function step(
  id: string,
  chords: readonly string[],
  help: string,
  to: (from: number, last: number) => number,
): ActionRow {
  const hint = id.replaceAll('-', ' ');
  return { id, layer: 'orders', chords, hint, help, run: (context) => move(context, to) };
}

/** Reads all that the log holds of an order into the trace. */
function trace(id: string): Outcome[] {
  return [
    ...see({ type: 'overlay-opened', overlay: { kind: 'trace', orderId: id, result: null } }),
    {
      do: 'command',
      command: { verb: 'trace', orderId: id },
      answered: (result) => [{ type: 'trace-read', orderId: id, result }],
    },
  ];
}

/** Going through the recent orders, and looking closer at one. */
export const listing: readonly ActionRow[] = [
  {
    id: 'trace-order',
    layer: 'orders',
    chords: ['enter'],
    hint: 'trace',
    help: 'shows all that the log holds of the order: topics, offsets, times, copies',
    rank: 10,
    applies: isOnOrder,
    guard: (context) =>
      chosen(context)?.orderId === '' ? 'a record without key cannot be traced' : clusterGuard(context),
    run: (context) => trace(chosen(context)?.orderId ?? ''),
  },
  {
    id: 'copy-order-id',
    layer: 'orders',
    chords: ['y'],
    hint: 'copy id',
    help: 'copies the order id',
    rank: 40,
    applies: isOnOrder,
    run: (context) => [{ do: 'copy', text: chosen(context)?.orderId ?? '', what: 'the order id' }],
  },
  {
    id: 'follow-orders',
    layer: 'orders',
    chords: ['f'],
    hint: 'follow',
    help: 'shows the newest orders again, or holds the list still',
    rank: 31,
    run: ({ state, view, now }) =>
      view.heldOrders
        ? see(...LIVE)
        : see(
            { type: 'orders-held', orders: shownOrders(state, view, now) },
            { type: 'follow-set', pane: 'orders', follows: false },
          ),
  },
  step('older-order', ['j', 'down'], 'goes one order down, and holds the list still', (from) => from + 1),
  step('newer-order', ['k', 'up'], 'goes one order up', (from) => from - 1),
  step('older-orders', ['pagedown', 'ctrl+d'], 'goes ten orders down', (from) => from + 10),
  step('newer-orders', ['pageup', 'ctrl+u'], 'goes ten orders up', (from) => from - 10),
  step('newest-order', ['g', 'home'], 'goes to the line where orders are placed', () => 0),
  step('oldest-order', ['G', 'end'], 'goes to the oldest order', (_, last) => last),
];
