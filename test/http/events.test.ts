import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openInside } from './inside.ts';

async function open() {
  const inside = await openInside();
  onTestFinished(() => inside.doors.close());
  return inside;
}

/** Listens like a browser's EventSource; `text` grows. */
async function listen(orders: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(`${orders}/events`, { headers, signal: leaving.signal });
  const seen = { text: '', status: response.status, type: response.headers.get('content-type'), ended: false };
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const part of response.body ?? []) seen.text += decoder.decode(part, { stream: true });
  })();
  reading
    .catch(() => {})
    .finally(() => {
      seen.ended = true;
    });
  onTestFinished(() => leaving.abort());
  return {
    seen,
    leave: () => leaving.abort(),
    shows: (text: string) => expect.poll(() => seen.text).toContain(text),
    ids: () => [...seen.text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id as string),
  };
}

const warn = (n: number) => ({ type: 'warned', sentence: `warning ${n}` }) as const;

describe('the stream of events', () => {
  test('tells what was and what comes, each with id, name and data', async () => {
    const { orders, events } = await open();
    events.emit(warn(1));
    const { seen, shows } = await listen(orders);
    await shows('warning 1');
    events.emit(warn(2));
    await shows('warning 2');
    expect(seen).toMatchObject({ status: 200, type: 'text/event-stream' });
    const [, id, data] = /\nid: (\S+)\nevent: warned\ndata: (.*)\n\n$/.exec(seen.text) ?? [];
    expect(id).toMatch(/^\w+-\d+$/);
    expect(JSON.parse(data ?? '')).toEqual({
      type: 'warned',
      sentence: 'warning 2',
      time: expect.stringMatching(/Z$/),
    });
    expect(seen.text).not.toContain('digest-arrived');
  });

  test('goes on after the event that was last heard', async () => {
    const { orders, events } = await open();
    events.emit(warn(1));
    const first = await listen(orders);
    await first.shows('warning 1');
    first.leave();
    for (const n of [2, 3]) events.emit(warn(n));
    const again = await listen(orders, { 'last-event-id': first.ids().at(-1) ?? '' });
    await again.shows('warning 3');
    expect(again.seen.text).toContain('warning 2');
    expect(again.seen.text).not.toContain('warning 1');
    expect(again.seen.text).not.toContain('event: missed');
  });

  test.each(['somewhere-5', '1', '\t'])('an id that says nothing is told so: %j', async (id) => {
    const { orders, events } = await open();
    events.emit(warn(1));
    const { seen, shows } = await listen(orders, { 'last-event-id': id });
    await shows('warning 1');
    expect(seen.text.startsWith('event: missed\n')).toBe(id.trim() !== '');
  });

  test('keeps a thousand events, and says when there were more', async () => {
    const { orders, events } = await open();
    for (let n = 0; n < 5000; n++) events.emit(warn(n));
    const { seen, shows, ids } = await listen(orders);
    await shows('warning 4999');
    expect(ids()).toHaveLength(1000);
    expect(seen.text.startsWith('event: missed\n')).toBe(true);
  });

  test('shows at least every 15 seconds that it lives', async () => {
    const { orders, clock } = await open();
    const { shows, seen } = await listen(orders);
    await shows('\n\n');
    await clock.advance(30_000);
    await expect.poll(() => seen.text.match(/^: still here$/gm)).toHaveLength(2);
  });

  test('ends with the doors', async () => {
    const { orders, doors, clock } = await openInside();
    const { seen } = await listen(orders);
    await doors.close();
    await expect.poll(() => seen.ended).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  test('who does not read is cut off, and the others are not', async () => {
    const { orders, events, clock } = await open();
    const { hostname, port } = new URL(orders);
    const timers = clock.pending();
    const slow = connect(Number(port), hostname);
    let cut = false;
    slow.on('error', () => {});
    slow.on('close', () => {
      cut = true;
    });
    slow.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    slow.pause();
    const quick = await listen(orders);
    await expect.poll(() => clock.pending()).toBe(timers + 2);
    const long = { type: 'warned', sentence: 'x'.repeat(50_000) } as const;
    for (let n = 0; n < 400 && clock.pending() > timers + 1; n++) {
      for (let burst = 0; burst < 5; burst++) events.emit(long);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(clock.pending()).toBe(timers + 1);
    slow.resume();
    await expect.poll(() => cut).toBe(true);
    events.emit(warn(7));
    await quick.shows('warning 7');
  });

  test('has room for 64 listeners', async () => {
    const { orders } = await open();
    const all = await Promise.all(Array.from({ length: 64 }, () => listen(orders)));
    expect(all.every(({ seen }) => seen.status === 200)).toBe(true);
    expect((await listen(orders)).seen.status).toBe(503);
    all[0]?.leave();
    await expect.poll(async () => (await listen(orders)).seen.status).toBe(200);
  });

  test('asking for its headers alone is not listening', async () => {
    const { orders } = await open();
    expect((await fetch(`${orders}/events`, { method: 'HEAD' })).status).toBe(405);
  });
});
