import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../rig/free-port.ts';
import { startProgram } from '../rig/program.ts';
import { until } from '../rig/until.ts';
import { ask, look, post, type Service, startService, untilReady } from './service.ts';

describe('a service', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const status = async (path: string) => (await fetch(service.orders + path)).status;

  test('opens its doors before the pipeline runs, and is ready when it does', async () => {
    await untilReady(service);
    expect(await status('/health')).toBe(200);
    expect(service.stderr).toContain(`orders at ${service.orders}, analytics at ${service.analytics}`);
    expect(service.stderr).toMatch(/broker-started address=127\.0\.0\.1:\d+ embedded=true/);
  });

  test('a broker that is stopped is told at once, with the order id, and nothing is lost when it is back', async () => {
    expect((await ask(`${service.orders}/commands/broker`, { action: 'stop' })).status).toBe(200);
    expect(await ask(`${service.orders}/produce`, { orderId: 'o-meanwhile' })).toMatchObject({
      status: 503,
      answer: { orderId: 'o-meanwhile', detail: expect.stringContaining('o-meanwhile was not sent') },
    });
    expect(await status('/health')).toBe(503);
    expect(await status('/ready')).toBe(503);
    expect((await ask(`${service.orders}/commands/broker`, { action: 'start' })).status).toBe(200);
    await until('health', async () => (await status('/health')) === 200);
    expect((await ask(`${service.orders}/produce`, { orderId: 'o-meanwhile' })).status).toBe(200);
  });

  test('a broker that hangs makes no answer hang: health is quick, and every order has its answer', async () => {
    const { pid } = service.broker();
    process.kill(pid, 'SIGSTOP');
    try {
      const placed = await Promise.all(
        ['o-h1', 'o-h2', 'o-h3'].map((orderId) => ask(`${service.orders}/produce`, { orderId })),
      );
      for (const [i, { status: code, answer }] of placed.entries()) {
        expect(code).toBe(503);
        expect(answer).toMatchObject({ orderId: `o-h${i + 1}`, fix: expect.stringContaining('same order id') });
      }
      await until('the truth', async () => (await status('/health')) === 503);
      expect(await look(`${service.orders}/health`)).toMatchObject({ detail: expect.stringContaining('is away') });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until('health', async () => (await status('/health')) === 200);
    const again = await Promise.all(
      ['o-h1', 'o-h2', 'o-h3'].map((orderId) => ask(`${service.orders}/produce`, { orderId })),
    );
    expect(again.map(({ status: code }) => code)).toEqual([200, 200, 200]);
    await ask(`${service.orders}/commands/wait`, { for: 'idle' });
    expect(await look(`${service.analytics}/metrics`)).toMatchObject({ distinct_orders: 4, total_reservations: 4 });
  });

  test('SIGTERM lets what is under way have its answer, ends the rest and leaves nothing behind', async () => {
    const events = await fetch(`${service.orders}/events`);
    const loading = ask(`${service.orders}/load-test`, { count: 20_000 });
    const sleeping = post(`${service.orders}/commands/sleep`, { forMs: 1500 });
    await until('a load', async () => /load-started/.test(service.stderr));
    service.kill('SIGTERM');
    expect((await loading).answer).toEqual({ produced: 20_000, remaining_in_queue: 0 });
    expect((await sleeping).status).toBe(200);
    await events.text();
    expect(await service.ended).toBe(143);
    expect(() => service.broker()).toThrow('there is no broker');
    expect(service.stderr).not.toMatch(/Error|at .*\.js:\d/);
  });
});

describe('a service as JSON', () => {
  test('logs each fact as a line on stderr, behind a token that nobody sees', async () => {
    const token = 'cafe-babe-1234-5678';
    const service = await startService(['--json'], { env: { LUNCHRUSH_HTTP_TOKEN: token } });
    try {
      await until('ready', async () => (await fetch(`${service.orders}/ready`)).ok);
      expect((await fetch(`${service.orders}/workers`)).status).toBe(401);
      const authorization = `Bearer ${token}`;
      expect((await post(`${service.orders}/produce`, {}, { authorization })).status).toBe(200);
      await untilReady(service);
      service.kill('SIGINT');
      expect(await service.ended).toBe(130);
      const lines = service.stderr
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines.every(({ level, time, msg }) => level && !Number.isNaN(Date.parse(String(time))) && msg)).toBe(true);
      expect(lines.map(({ event }) => (event as { type?: string } | undefined)?.type)).toContain('group-joined');
      expect(service.stdout + service.stderr).not.toContain(token);
    } finally {
      await service.close();
    }
  });
});

describe('other programs', () => {
  test('a port that is taken ends the start with 5 before anything else is started', async () => {
    const server = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const failed = await startService(['--analytics-port', String(port)]).catch((error: Error) => error.message);
    server.close();
    expect(failed).toContain(
      `port ${port} of 127.0.0.1 is taken (stop what listens there, or choose another port with --analytics-port)`,
    );
    expect(failed).not.toContain('broker-started');
  });

  test('--http opens the same doors beside a script', async () => {
    const [orders, analytics] = [await freePort(), await freePort()];
    const ports = ['--http', '--orders-port', String(orders), '--analytics-port', String(analytics)];
    const script = 'say open; wait distinct_orders == 3; expect total_orders == 3; sleep 200ms';
    const program = startProgram(script, { args: ['--fresh', ...ports] });
    await program.said('open');
    for (let n = 0; n < 3; n++) expect((await post(`http://127.0.0.1:${orders}/produce`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${analytics}/metrics`)).status).toBe(200);
    const { code, stderr } = await program.ended;
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `orders at http://127.0.0.1:${orders}, analytics at http://127.0.0.1:${analytics}\n`,
    });
    await expect(fetch(`http://127.0.0.1:${orders}/health`)).rejects.toThrow();
  });
});
