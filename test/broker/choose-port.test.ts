import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { choosePort } from '../../src/broker/choose-port.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** Takes a port, by default any free one, and returns it. */
function take(port = 0, host = '127.0.0.1'): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const port = await take();
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return port;
}

const HOST = '127.0.0.1';

describe('choosing a port', () => {
  test('a free one is taken as wished', async () => {
    const port = await freePort();
    expect(await choosePort({ port, fallbackFrom: 1 }, HOST)).toEqual({ port });
  });

  test('0 leaves it to the system', async () => {
    expect(await choosePort({ port: 0 }, HOST)).toEqual({ port: 0 });
  });

  test('one that was asked for by name and is taken is a failure', async () => {
    const port = await take();
    const chosen = choosePort({ port }, HOST);
    await expect(chosen).rejects.toMatchObject({
      kind: 'port-taken',
      message: `port ${port} on 127.0.0.1 is taken by another program`,
    });
  });

  test('one that another program serves on all addresses is taken, too', async () => {
    const port = await take(0, '0.0.0.0');
    await expect(choosePort({ port }, HOST)).rejects.toMatchObject({ kind: 'port-taken' });
  });

  test('the usual one taken, the first free one from the fallback on is chosen, and a sentence says so', async () => {
    const [port, fallbackFrom] = [await take(), await take()];
    const chosen = await choosePort({ port, fallbackFrom }, HOST);
    expect(chosen.port).toBeGreaterThan(fallbackFrom);
    expect(chosen.portNote).toBe(`Port ${port} is taken by another program; the broker listens on ${chosen.port}.`);
  });
});
