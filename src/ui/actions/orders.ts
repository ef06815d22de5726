import type { Command } from '../../engine/command.ts';
import type { Result } from '../../engine/engine.ts';
import { items, orderId } from '../../engine/language/pipeline-values.ts';
import { count } from '../format/number.ts';
import { USUAL_ITEMS } from '../panes/orders/entry.ts';
import { chosenOrder, shownOrders } from '../panes/orders/shown.ts';
import type { ActionContext, ActionRow, FieldName, Outcome, ViewEvent } from '../types.ts';
import { clusterGuard } from './guards.ts';
import { see } from './see.ts';

const FIELDS = ['order-items', 'order-id'] as const satisfies FieldName[];

/** Live again, on the line where orders are placed. */
const LIVE: readonly ViewEvent[] = [
  { type: 'orders-held', orders: null },
  { type: 'follow-set', pane: 'orders', follows: true },
  { type: 'cursor-moved', of: 'orders', to: 0 },
];

function cursorOf({ state, view, now }: ActionContext): number {
  return Math.min(view.cursors.orders ?? 0, shownOrders(state, view, now).length);
}

function chosen({ state, view, now }: ActionContext) {
  return chosenOrder(state, view, now);
}

function typed({ view }: ActionContext): FieldName | undefined {
  return FIELDS.find((name) => name === view.typing?.field);
}

function text({ view }: ActionContext, name: FieldName): string {
  return (view.fields[name] ?? '').trim();
}

function itemsOf(context: ActionContext) {
  return items.read(text(context, 'order-items') || USUAL_ITEMS, context.now);
}

/** Why the order cannot be placed as it stands in the fields. */
function fault(context: ActionContext): string | undefined {
  const id = text(context, 'order-id');
  if (id !== '' && orderId.read(id, context.now) === undefined) return `the id is to be ${orderId.is}`;
  if (!itemsOf(context)) return `"${text(context, 'order-items')}" is no list of items: write ${items.is}`;
  return clusterGuard(context);
}

/** Tells where the record is, so that the eye finds it in the list. */
function placedAt({ data }: Result, topic: string, at: number): ViewEvent[] {
  const { records } = data as { records: { orderId: string | null; partition: number; offset: number }[] };
  const [first] = records;
  if (!first) return [];
  const where = `${topic}/${first.partition} @ ${count(first.offset)}`;
  return [{ type: 'toast-shown', text: `${first.orderId ?? 'the record'} is ${where}`, tone: 'good', at }];
}

function produce(context: ActionContext, command: Command): Outcome[] {
  const topic = context.state.pipeline.topics.orders;
  return [{ do: 'command', command, answered: (result) => placedAt(result, topic, context.now) }];
}

function place(context: ActionContext): Outcome[] {
  const ordered = itemsOf(context);
  if (!ordered) return [];
  const id = text(context, 'order-id');
  const command: Command = { verb: 'produce', ...(id === '' ? {} : { orderId: id }), items: ordered, count: 1 };
  const left: ViewEvent[] = [{ type: 'typing-ended' }, { type: 'field-set', field: 'order-id', text: '' }, ...LIVE];
  return [...see(...left), ...produce(context, command)];
}

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

const isOnRow = (context: ActionContext) => chosen(context) !== undefined;

/** Reads all that the log holds of an order into the trace. */
export function trace(id: string): Outcome[] {
  return [
    ...see({ type: 'overlay-opened', overlay: { kind: 'trace', orderId: id, result: null } }),
    {
      do: 'command',
      command: { verb: 'trace', orderId: id },
      answered: (result) => [{ type: 'trace-read', orderId: id, result }],
    },
  ];
}

/** Keys of the pane of orders. Its first row is the line where orders are placed. */
export const orders: readonly ActionRow[] = [
  {
    id: 'place-order',
    layer: 'orders',
    chords: ['enter'],
    hint: 'place order',
    help: 'places the order of the first line; without an id one is made up',
    rank: 10,
    whileTyping: true,
    applies: (context) => (context.view.typing ? typed(context) !== undefined : cursorOf(context) === 0),
    guard: fault,
    run: place,
  },
  {
    id: 'trace-order',
    layer: 'orders',
    chords: ['enter'],
    hint: 'trace',
    help: 'shows all that the log holds of the order: topics, offsets, times, copies',
    rank: 10,
    applies: isOnRow,
    guard: (context) =>
      chosen(context)?.orderId === '' ? 'a record without key cannot be traced' : clusterGuard(context),
    run: (context) => trace(chosen(context)?.orderId ?? ''),
  },
  {
    id: 'edit-order',
    layer: 'orders',
    chords: ['e'],
    hint: 'edit order',
    help: 'writes what is ordered, such as burrito:1,taco:2; Tab goes to the id',
    rank: 20,
    run: (context) =>
      see(...LIVE, { type: 'typing-began', field: 'order-items', text: text(context, 'order-items') || USUAL_ITEMS }),
  },
  {
    id: 'next-order-field',
    layer: 'orders',
    chords: ['tab', 'shift+tab'],
    keys: 'Tab',
    hint: 'id or items',
    help: 'goes from the items to the id, and back',
    rank: 21,
    whileTyping: true,
    applies: (context) => typed(context) !== undefined,
    run: (context) =>
      see({ type: 'typing-began', field: typed(context) === 'order-items' ? 'order-id' : 'order-items' }),
  },
  {
    id: 'repeat-order',
    layer: 'orders',
    chords: ['d'],
    hint: 'duplicate',
    help: 'places an order with the same id once more: inventory drops the copy',
    rank: 30,
    applies: isOnRow,
    guard: (context) => (chosen(context)?.orderId === '' ? 'there is no id to repeat' : clusterGuard(context)),
    run: (context) => {
      const ordered = items.read(USUAL_ITEMS, context.now) ?? [];
      const command: Command = { verb: 'produce', orderId: chosen(context)?.orderId ?? '', items: ordered, count: 1 };
      return [...see(...LIVE), ...produce(context, command)];
    },
  },
  {
    id: 'copy-order-id',
    layer: 'orders',
    chords: ['y'],
    hint: 'copy id',
    help: 'copies the order id',
    rank: 40,
    applies: isOnRow,
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
