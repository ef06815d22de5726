import { z } from 'zod';
import type { OrderToPlace } from '../../engine/place.ts';
import { Refusal } from '../problem.ts';
import { refusalOf } from '../refusal-of.ts';
import { post } from '../route.ts';
import { items, orderId, orderPlaced } from '../schemas.ts';

const body = z.object({ orderId: orderId.nullish(), items: items.nullish() });

const placed = z.object({
  orderId: z.string(),
  status: z.literal('PRODUCED'),
  event: orderPlaced,
  partition: z.int().meta({ description: 'of the topic of orders' }),
  offset: z.int().meta({ description: 'in that partition' }),
});

export const produce = post('/produce', {
  doors: ['orders'],
  summary: 'places an order',
  about:
    'Answers when the order is acknowledged by every in-sync replica. Without an order id one is made up, without items it is one burrito. ' +
    'Whatever the answer, a retry with the same order id is safe: a copy is counted once.',
  body,
  bodyLimit: 64 * 1024,
  told: { 200: { says: 'the order is in the log', schema: placed } },
  problems: [409, 502, 503, 504],
  async handle({ within, body: { orderId: id, items: ordered } }) {
    const order: OrderToPlace = {
      ...(id == null ? {} : { orderId: id }),
      ...(ordered == null ? {} : { items: ordered }),
    };
    const { event, partition, offset } = await within.engine(order).place(order).catch(named(order));
    return { body: { orderId: event.orderId, status: 'PRODUCED', event, partition, offset } };
  },
});

/** Whatever the order is refused for, its id is told where it is known. */
function named({ orderId: id }: OrderToPlace): (thrown: unknown) => never {
  return (thrown) => {
    const { status, message, more } = refusalOf(thrown);
    throw new Refusal(status, message, { ...(id === undefined ? {} : { orderId: id }), ...more });
  };
}
