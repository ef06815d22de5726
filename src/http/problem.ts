import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** One thing wrong with a body. */
const wrong = z.object({
  where: z.string().meta({ description: 'a JSON pointer into the body' }),
  column: z.int().optional().meta({ description: 'in a line, from 1' }),
  detail: z.string(),
});

/** How every failure is told: RFC 9457, https://www.rfc-editor.org/rfc/rfc9457, with members of ours behind `instance`. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'which kind of failure, for programs' }),
    title: z.string().meta({ description: 'what the status means' }),
    status: z.int(),
    detail: z.string().meta({ description: 'what is wrong, in a sentence' }),
    instance: z.string().meta({ description: 'the path that was asked for' }),
    fix: z.string().optional().meta({ description: 'what can be done' }),
    orderId: z.string().optional().meta({ description: 'the order it is about: a retry with this id is safe' }),
    errors: z.array(wrong).optional().meta({ description: 'everything that is wrong with the body' }),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problem>;

/** Members of a problem beyond status and detail, and headers that go with it. */
export type More = Pick<Problem, 'fix' | 'orderId' | 'errors'> & { type?: string; headers?: Record<string, string> };

/** A request that is answered with a problem. */
export class Refusal extends Error {
  readonly status: number;
  readonly more: More;

  /** @param detail a sentence without full stop */
  constructor(status: number, detail: string, more: More = {}) {
    super(detail);
    this.status = status;
    this.more = more;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Seconds after which an answer may be another one. */
const RETRY_AFTER_S = '1';

/** Headers of a refusal: who may come again is told when. */
export function headersOf({ status, more }: Refusal): Record<string, string> {
  return { ...(status === 503 ? { 'retry-after': RETRY_AFTER_S } : {}), ...more.headers };
}

/** The problem as it is written. */
export function problemOf({ status, message, more }: Refusal, instance: string): Problem {
  const { type = 'about:blank', headers: _, ...members } = more;
  return { type, title: STATUS_CODES[status] ?? 'Unknown', status, detail: message, instance, ...members };
}
