import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { Refusal } from './problem.ts';

/** Arrays and objects in each other at most: what prints, compares and stores them later goes by recursion. */
const MAX_DEPTH = 64;

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Bit 5 is all that tells `[` from `{`, and `]` from `}`. */
const [OPEN, CLOSE, EITHER] = [0x5b, 0x5d, ~0x20];

/** How deep brackets stand in each other, outside of texts. */
function depthOf(bytes: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === QUOTE) isText = !isText;
    else if (isText && byte === BACKSLASH) i++;
    else if (!isText && (byte & EITHER) === OPEN) deepest = Math.max(deepest, ++depth);
    else if (!isText && (byte & EITHER) === CLOSE) depth--;
  }
  return deepest;
}

/** A body's bytes as the value that they say; nothing for an empty body. Throws a Refusal. */
export function parseBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw new Refusal(400, 'the body is no UTF-8');
  if (depthOf(bytes) > MAX_DEPTH) throw new Refusal(400, `the body has more than ${MAX_DEPTH} levels`);
  try {
    return JSON.parse(bytes.toString());
  } catch (thrown) {
    const why = thrown instanceof Error ? `: ${thrown.message}` : '';
    throw new Refusal(400, `the body is no JSON${why}`);
  }
}

/** The body as the schema has it; nothing counts as an empty object. Throws a Refusal that lists all that is wrong. */
export function readBody(schema: z.ZodType, body: unknown): unknown {
  const read = schema.safeParse(body === undefined ? {} : body);
  if (read.success) return read.data;
  const errors = read.error.issues.map(({ path, message }) => ({
    where: path.map((step) => `/${String(step)}`).join(''),
    detail: message.replace(/^Invalid input: /, ''),
  }));
  const [first] = errors;
  const detail = first
    ? `the body does not fit: ${first.where || 'as a whole'}: ${first.detail}`
    : 'the body does not fit';
  throw new Refusal(422, detail, { ...orderIdOf(body), errors });
}

/** An order that is refused is named all the same. */
function orderIdOf(body: unknown): { orderId?: string } {
  const id = typeof body === 'object' && body !== null && 'orderId' in body ? body.orderId : undefined;
  return typeof id === 'string' && id.length <= 256 ? { orderId: id } : {};
}
