import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openInside, postText, request, sendBytes } from './inside.ts';

const ASK = { method: 'POST', headers: { 'content-type': 'application/json' } };

describe('closing the doors', () => {
  test('does not wait for who asks nothing', async () => {
    const { doors, orders } = await openInside();
    const { hostname, port } = new URL(orders);
    const silent = connect(Number(port), hostname);
    const halfway = connect(Number(port), hostname);
    await Promise.all([once(silent, 'connect'), once(halfway, 'connect')]);
    halfway.write('GET /health HTTP/1.1\r\nHost: lo');
    await request(`${orders}/health`);
    for (const socket of [silent, halfway]) socket.on('error', () => {});
    await doors.close();
    expect(await postText(`${orders}/produce`, '').catch(() => 'gone')).toBe('gone');
  });

  test('answers what is under way, and nobody else', async () => {
    const { doors, orders, clock, events } = await openInside();
    const sleeping = fetch(`${orders}/commands/sleep`, { ...ASK, body: '{"forMs":5000}' });
    await expect.poll(() => Object.keys(events.store.getState().commands)).toHaveLength(1);
    const closed = doors.close();
    await expect.poll(() => sendBytes(orders, 'GET /health HTTP/1.1\r\n')).toBe('');
    await clock.advance(5000);
    expect((await sleeping).status).toBe(200);
    await closed;
  });

  test('asks what takes too long to end, and says so', async () => {
    const { doors, orders, clock, events } = await openInside();
    const sleeping = fetch(`${orders}/commands/sleep`, { ...ASK, body: '{"forMs":"1h"}' });
    await expect.poll(() => Object.keys(events.store.getState().commands)).toHaveLength(1);
    const closed = doors.close();
    await clock.advance(10_000);
    const answer = await sleeping;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ detail: 'interrupted before it was done' });
    await closed;
  });

  test('cuts off what does not end even then', async () => {
    const { doors, orders, clock, engine } = await openInside();
    let asked = false;
    engine.dispatch = () => {
      asked = true;
      return new Promise(() => {});
    };
    const stuck = fetch(`${orders}/commands/workers`, { ...ASK, body: '{}' }).catch(() => 'cut');
    await expect.poll(() => asked).toBe(true);
    const closed = doors.close();
    await clock.advance(12_000);
    expect(await stuck).toBe('cut');
    await closed;
  });

  test('a port that is taken is named with its option, and neither door stays open', async () => {
    const { doors, orders, analytics } = await openInside();
    onTestFinished(() => doors.close());
    const taken = Number(new URL(analytics).port);
    await expect(openInside({ analyticsPort: taken })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      exitCode: 5,
      message: `port ${taken} of 127.0.0.1 is taken`,
      fix: expect.stringContaining('--analytics-port'),
    });
    await expect(openInside({ ordersPort: Number(new URL(orders).port) })).rejects.toMatchObject({
      fix: expect.stringContaining('--orders-port'),
    });
  });

  test.each([
    ['an address of another machine', { host: '192.0.2.1', insecure: true }, '192.0.2.1 is no address of this machine'],
    ['a name that nobody knows', { host: 'kitchen.invalid', insecure: true }, 'kitchen.invalid'],
  ])('%s is refused with a sentence', async (_, options, sentence) => {
    await expect(openInside(options)).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(sentence),
      fix: expect.stringContaining('--http-host'),
    });
  });
});
