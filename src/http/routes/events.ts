import type { ServerResponse } from 'node:http';
import { type Ask, get } from '../route.ts';

/** Bytes that a client may leave unread before it is cut off. */
const MAX_UNREAD = 1024 * 1024;

/** Between two comments that show that the connection lives, ms. */
const HEARTBEAT_MS = 15_000;

export const events = get('/events', {
  summary: 'streams what happens',
  about:
    'Server-sent events: every event of the fact log, digests and samples apart. A client that comes again with ' +
    'Last-Event-ID gets what it has missed, as far as the last thousand events go; where more is gone, the first event is "missed".',
  told: { 200: { says: 'the events, until the client goes', type: 'text/event-stream' } },
  problems: [503],
  handle(ask) {
    const leave = ask.within.listeners.enter();
    ask.reply.hijack();
    stream(ask, ask.reply.raw, leave);
    return undefined;
  },
});

function stream({ within, request, gone }: Ask<unknown>, out: ServerResponse, leave: () => void): void {
  const { feed, clock } = within;
  const lastId = request.headers['last-event-id'];
  const write = (text: string) => {
    // More may happen in the turn in which it ended.
    if (out.destroyed || out.writableEnded) return;
    out.write(text);
    if (out.writableLength > MAX_UNREAD) out.destroy();
  };
  let cancel = () => {};
  const beat = () => {
    cancel = clock.setTimer(HEARTBEAT_MS, () => {
      write(': still here\n\n');
      beat();
    });
  };
  out.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  const { frames, missed } = feed.after(typeof lastId === 'string' && lastId !== '' ? lastId : undefined);
  if (missed) write('event: missed\ndata: {}\n\n');
  write(frames.map(({ text }) => text).join('') || ': nothing yet\n\n');
  const deafen = feed.hear({ next: ({ text }) => write(text), end: () => out.end() });
  beat();
  const end = () => {
    deafen();
    cancel();
    leave();
    out.end();
  };
  const left = gone();
  if (left.aborted) end();
  left.addEventListener('abort', end);
}
