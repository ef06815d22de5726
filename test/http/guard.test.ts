import { request as ask } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DoorOptions } from '../../src/http/open-doors.ts';
import { openInside, postText, request } from './inside.ts';

async function open(more: Partial<DoorOptions> = {}) {
  const inside = await openInside(more);
  onTestFinished(() => inside.doors.close());
  return inside;
}

/** Status of a request with a Host header of one's own, which fetch would not send. */
function statusFor(url: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = ask(url, { method, headers, agent: false }, ({ statusCode }) => resolve(statusCode));
    asked.on('error', reject).end();
  });
}

describe('who may ask', () => {
  test('with a token only those who have it, but for health', async () => {
    const { orders, analytics } = await open({ token: 'tr0ub4dor' });
    for (const base of [orders, analytics]) {
      expect((await request(`${base}/health`)).status).toBe(200);
      expect((await request(`${base}/ready`)).status).toBe(200);
    }
    for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Bearer tr0ub4dor2', 'Basic tr0ub4dor', 'tr0ub4dor']) {
      for (const path of ['/openapi.json', '/produce', '/nothing', '/commands/kill', '/events']) {
        const seen = await postText(orders + path, '{}', { authorization });
        expect([path, authorization, seen.status]).toEqual([path, authorization, 401]);
        expect(seen.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expect(JSON.stringify(seen.body)).not.toContain('tr0ub4dor');
      }
    }
    for (const authorization of ['Bearer tr0ub4dor', 'bearer tr0ub4dor']) {
      expect((await postText(`${orders}/produce`, '{}', { authorization })).status).toBe(200);
      expect((await request(`${analytics}/metrics`, { headers: { authorization } })).status).toBe(200);
    }
  });

  test.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])('on %s without a token nothing is opened', async (host) => {
    await expect(openInside({ host })).rejects.toMatchObject({
      code: 'OPTIONS_WRONG',
      message: expect.stringContaining(host),
      fix: expect.stringContaining('--insecure-http'),
    });
  });

  test('unless that is what is wanted', async () => {
    const { doors } = await open({ host: '0.0.0.0', insecure: true });
    const { port } = new URL(doors.addresses.orders);
    expect(await statusFor(`http://127.0.0.1:${port}/lag`, { host: 'kitchen.example' })).toBe(200);
  });

  test.each([
    ['localhost', 200],
    ['LOCALHOST:9000', 200],
    ['127.0.0.1:8000', 200],
    ['127.3.2.1', 200],
    ['[::1]:8000', 200],
    ['evil.example', 421],
    ['evil.example:8000', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['192.168.0.1', 421],
  ])('a page that points its own name here is not answered: Host %s', async (host, status) => {
    const { orders } = await open();
    expect(await statusFor(`${orders}/metrics`, { host })).toBe(status === 200 ? 404 : status);
    expect(await statusFor(`${orders}/health`, { host })).toBe(status);
  });

  test('who has the token may use any name', async () => {
    const { orders } = await open({ token: 't' });
    expect(await statusFor(`${orders}/workers`, { host: 'kitchen.example', authorization: 'Bearer t' })).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'http://localhost:1', 'https://127.0.0.1'])(
    'a page of %s does nothing here, and reads nothing',
    async (origin) => {
      const { orders, supervisor } = await open();
      expect((await postText(`${orders}/commands/pause`, '{"target":"inventory"}', { origin })).status).toBe(403);
      expect((await request(`${orders}/commands/pause`, { method: 'OPTIONS', headers: { origin } })).status).toBe(403);
      expect(supervisor.told).toEqual([]);
      const read = await request(`${orders}/workers`, { headers: { origin } });
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('a page of our own may', async () => {
    const { orders } = await open();
    expect((await postText(`${orders}/produce`, '{}', { origin: orders })).status).toBe(200);
  });
});
