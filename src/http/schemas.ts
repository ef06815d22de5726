import { z } from 'zod';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** What an order can be called: contract of the `orders` topic. */
export const orderId = z
  .string()
  .min(1)
  .max(256)
  .refine((id) => Buffer.byteLength(id) <= 256, 'longer than 256 bytes')
  .refine((id) => !LONE_SURROGATE.test(id), 'not well-formed Unicode')
  .meta({ description: 'at most 256 bytes of UTF-8' });

/** One line of an order; what else it says is kept. */
const item = z.looseObject({ sku: z.string().min(1), qty: z.int().min(1).max(999_999_999) }).meta({ id: 'Item' });

export const items = z.array(item);

/** An order as it stands in the log. */
export const orderPlaced = z
  .object({
    eventId: z.string(),
    eventType: z.literal('OrderPlaced'),
    orderId: z.string(),
    items,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'OrderPlaced' });
