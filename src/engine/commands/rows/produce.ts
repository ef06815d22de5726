import { items, orderId } from '../../language/pipeline-values.ts';
import { named, positive, text, whole } from '../../language/value.ts';
import { argument, fallback, flag, option, optional } from '../field.ts';
import { type CommandOf, type Complaint, form, type Row } from '../row.ts';

type Produce = CommandOf<'produce'>;

function check({ orderId: id, items: ordered, raw }: Omit<Produce, 'verb'>): Complaint | undefined {
  if (raw === undefined) return undefined;
  if (id !== undefined) return { field: 'orderId', sentence: 'a raw record has no order id; give its key with --key' };
  return ordered === BURRITO ? undefined : { field: 'items', sentence: 'a raw record has no items' };
}

/** What is ordered unless something else is said. */
export const BURRITO = [{ sku: 'burrito', qty: 1 }];

export const produce: Row = {
  verb: 'produce',
  summary: 'places an order; with an id and a count, the same id that often',
  ends: 'acknowledged; prints partition and offset',
  writes: { what: 'orders' },
  examples: [
    'produce',
    'produce o-12345678 --items burrito:2,cola:1',
    'produce o-1 --count 3',
    "produce --raw '{not json' --key k-1",
    'produce --null --partition 0',
  ],
  forms: [
    form<Produce, 'verb'>(
      { verb: 'produce' },
      {
        orderId: optional(argument(orderId, 'one is made up where none is given')),
        items: fallback(BURRITO, option('--items', items, 'what is ordered')),
        count: fallback(1, option('--count', positive, 'how many records')),
        key: optional(option('--key', named('KEY', text), 'key of the record, instead of the order id')),
        partition: optional(option('--partition', named('PARTITION', whole), 'instead of the one by the key')),
        raw: optional<string | null>(
          option<string | null>('--raw', text, 'the value as it is, malformed on purpose'),
          flag<string | null>('--null', null, 'a record without a value'),
        ),
      },
      { check },
    ),
  ],
};
