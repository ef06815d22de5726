import type { Command } from '../../../engine/command.ts';
import type { Result } from '../../../engine/engine.ts';
import { items, orderId } from '../../../engine/language/pipeline-values.ts';
import { count } from '../../format/number.ts';
import { USUAL_ITEMS } from '../../panes/orders/entry.ts';
import type { ActionContext, ActionRow, FieldName, Outcome, ViewEvent } from '../../types.ts';
import { clusterGuard } from '../guards.ts';
import { see } from '../see.ts';
import { chosen, cursorOf, fieldInUse, isOnOrder, LIVE } from './context.ts';

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

function repeat(context: ActionContext): Outcome[] {
  const ordered = items.read(USUAL_ITEMS, context.now) ?? [];
  const command: Command = { verb: 'produce', orderId: chosen(context)?.orderId ?? '', items: ordered, count: 1 };
  return [...see(...LIVE), ...produce(context, command)];
}

/** Writing and placing orders. */
export const placing: readonly ActionRow[] = [
  {
    id: 'place-order',
    layer: 'orders',
    chords: ['enter'],
    hint: 'place order',
    help: 'places the order of the first line; without an id one is made up',
    rank: 10,
    whileTyping: true,
    applies: (context) => (context.view.typing ? fieldInUse(context) !== undefined : cursorOf(context) === 0),
    guard: fault,
    run: place,
  },
  {
    id: 'edit-order',
    layer: 'orders',
    chords: ['e'],
    hint: 'edit order',
    help: 'writes what is ordered, such as burrito:1,taco:2; Tab goes to the id',
    rank: 20,
    leadsTo: 'produce',
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
    applies: (context) => fieldInUse(context) !== undefined,
    run: (context) =>
      see({ type: 'typing-began', field: fieldInUse(context) === 'order-items' ? 'order-id' : 'order-items' }),
  },
  {
    id: 'repeat-order',
    layer: 'orders',
    chords: ['d'],
    hint: 'duplicate',
    help: 'places an order with the same id once more: inventory drops the copy',
    rank: 30,
    applies: isOnOrder,
    guard: (context) => (chosen(context)?.orderId === '' ? 'there is no id to repeat' : clusterGuard(context)),
    run: repeat,
  },
];
