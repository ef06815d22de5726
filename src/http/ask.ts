import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ask } from './route.ts';
import type { Within } from './within.ts';

type Parts = { within: Within; body: unknown; request: FastifyRequest; reply: FastifyReply; closing: AbortSignal };

/** A request for its handler. Whether the client goes is only watched for handlers that want to know. */
export function createAsk({ closing, ...parts }: Parts): Ask<unknown> {
  return { ...parts, gone: () => goneOf(parts.reply, closing) };
}

/** Takes its listener off the doors' own signal, which lives as long as they do. */
function goneOf({ raw }: FastifyReply, closing: AbortSignal): AbortSignal {
  const gone = new AbortController();
  const leave = () => {
    closing.removeEventListener('abort', leave);
    gone.abort();
  };
  if (raw.destroyed || closing.aborted) leave();
  raw.once('close', leave);
  closing.addEventListener('abort', leave);
  return gone.signal;
}
