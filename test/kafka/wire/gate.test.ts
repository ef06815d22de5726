import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createGate } from '../../../src/kafka/wire/gate.ts';
import { tlsOptions } from '../../../src/kafka/wire/tls.ts';
import { createAuthority } from '../../rig/kafka-certificates.ts';

const authority = createAuthority();
const certificate = authority.issue({ name: 'broker', hosts: ['127.0.0.1'] });
const ssl = tlsOptions({ ca: authority.ca });

/** A socket through a gate to a server that hangs up when told to; `connected` once TLS is, too. */
async function dialed(how: { tls?: 'spoken' | 'awaited' } = {}) {
  const server = how.tls === 'spoken' ? createTlsServer(certificate) : createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, how.tls === 'spoken' ? 'secureConnection' : 'connection');
  const gate = createGate();
  const { port } = server.address() as AddressInfo;
  let onConnect = () => {};
  const connected = new Promise<void>((resolve) => (onConnect = resolve));
  const socket = gate.socketFactory({ host: '127.0.0.1', port, onConnect, ...(how.tls ? { ssl } : {}) });
  socket.on('error', () => {});
  const [peer] = (await accepted) as [Socket];
  const peerSaw = new Promise<string>((resolve) =>
    peer.on('error', ({ code }: { code?: string }) => resolve(code ?? '')),
  );
  return { gate, socket, peer, peerSaw, server, connected };
}

describe('gate', () => {
  test('shutting it closes a socket whose peer has hung up before', async () => {
    const { gate, socket, peer, server } = await dialed();
    socket.resume();
    // Our side answers the hang-up by ending, too: the socket is then being shut down.
    socket.once('end', () => gate.shut());
    const closed = new Promise((resolve) => socket.once('close', resolve));
    peer.end();
    await closed;
    expect(socket.destroyed).toBe(true);
    server.close();
  });

  test('shutting it closes an open socket and refuses a new one', async () => {
    const { gate, socket, server } = await dialed();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    gate.shut();
    await closed;
    expect(() => gate.socketFactory({ host: '127.0.0.1', port: 1, onConnect() {} })).toThrow('closed');
    server.close();
  });

  test('a peer behind TLS sees a reset as well, whether or not the handshake is through', async () => {
    for (const tls of ['spoken', 'awaited'] as const) {
      const { gate, socket, peer, peerSaw, server, connected } = await dialed({ tls });
      // Only what has come through is behind both handshakes, or, of the other, behind the dialling.
      if (tls === 'spoken') peer.write(Buffer.of(0));
      await (tls === 'spoken' ? Promise.all([connected, once(socket, 'data')]) : once(peer, 'data'));
      peer.resume();
      const closed = new Promise((resolve) => socket.once('close', resolve));
      gate.shut();
      await closed;
      expect(await peerSaw).toBe('ECONNRESET');
      server.close();
    }
  });

  test('a process ends whose gate was shut on a socket behind TLS that had only begun to dial', async () => {
    const at = (path: string) => JSON.stringify(new URL(`../../../src/kafka/wire/${path}.ts`, import.meta.url).href);
    const code = `
      const { createGate } = await import(${at('gate')});
      const { tlsOptions } = await import(${at('tls')});
      for (const host of ['127.0.0.1', 'localhost']) {
        const gate = createGate();
        gate.socketFactory({ host, port: 1, ssl: tlsOptions({}), onConnect() {} }).on('error', () => {});
        gate.shut();
      }`;
    const how = ['--import', 'tsx', '--input-type=module', '-e', code];
    // A handle that is never closed has Node spin at its end, deaf to all but this.
    const run = promisify(execFile)(process.execPath, how, { timeout: 20_000, killSignal: 'SIGKILL' });
    await expect(run).resolves.toMatchObject({ stderr: '' });
  });

  test('a socket behind TLS whose peer has hung up is closed', async () => {
    const { gate, socket, peer, server, connected } = await dialed({ tls: 'spoken' });
    await connected;
    socket.resume();
    socket.once('end', () => gate.shut());
    const closed = new Promise((resolve) => socket.once('close', resolve));
    peer.end();
    await closed;
    expect(socket.destroyed).toBe(true);
    server.close();
  });

  test('shutting it while a socket is still dialled closes that, with TLS and without', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (const more of [{}, { ssl }]) {
      for (const host of ['127.0.0.1', 'localhost']) {
        const gate = createGate();
        const socket = gate.socketFactory({ host, port, onConnect() {}, ...more });
        socket.on('error', () => {});
        const closed = new Promise((resolve) => socket.once('close', resolve));
        gate.shut();
        await closed;
      }
    }
    server.close();
  });
});
