import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Within } from './within.ts';

/** The two ports: orders and commands on one, numbers on the other, as the seed had them. */
export type DoorName = 'orders' | 'analytics';

/** A request whose body fits. */
export type Ask<B> = {
  within: Within;
  body: B;
  request: FastifyRequest;
  reply: FastifyReply;
  /** Fires when nobody waits for the answer any more: the client has gone, or the doors close. */
  gone(): AbortSignal;
};

/** An answer: a value that becomes JSON, or a text with its type. */
export type Answer = { status?: number; body: unknown } | { status?: number; text: string; type: string };

/** What an answer of a status is, for the documentation. */
export type Told = { says: string; schema?: z.ZodType; type?: string };

/** One row of the route table: handler, validation and documentation read it. */
export type Route = {
  method: 'GET' | 'POST';
  path: string;
  doors: readonly DoorName[];
  /** What it does, as a phrase. */
  summary: string;
  /** More to know, in sentences. */
  about?: string;
  /** Answered without a token. */
  open?: boolean;
  /** What a body must be; none at all is an empty object. */
  body?: z.ZodType;
  /** How a body is documented where more than the schema reads it. */
  documented?: z.ZodType;
  /** Bytes of a body at most. */
  bodyLimit?: number;
  /** Good answers by status. */
  told: Readonly<Record<number, Told>>;
  /** Statuses of problems beyond those that every route has. */
  problems?: readonly number[];
  /** Gives nothing when it has taken the connection over. */
  handle(ask: Ask<unknown>): Promise<Answer | undefined> | Answer | undefined;
};

const BOTH: readonly DoorName[] = ['orders', 'analytics'];

/** A route that reads; on both ports unless said otherwise. */
export function get(
  path: string,
  row: Omit<Route, 'method' | 'path' | 'doors' | 'body' | 'bodyLimit'> & { doors?: readonly DoorName[] },
): Route {
  return { method: 'GET', path, doors: BOTH, ...row };
}

/** A route that does something; its handler gets the body as the schema makes it. */
export function post<S extends z.ZodType>(
  path: string,
  row: Omit<Route, 'method' | 'path' | 'doors' | 'body' | 'handle'> & {
    doors?: readonly DoorName[];
    body: S;
    handle(ask: Ask<z.output<S>>): Promise<Answer>;
  },
): Route {
  const { handle, ...rest } = row;
  // The door hands over only what the schema of this very row has read.
  return { method: 'POST', path, doors: BOTH, ...rest, handle: (ask) => handle(ask as Ask<z.output<S>>) };
}
