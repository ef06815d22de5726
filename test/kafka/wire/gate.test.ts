import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createGate } from '../../../src/kafka/wire/gate.ts';

/** A socket through a gate to a server that hangs up when told to. */
async function dialed() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const gate = createGate();
  const { port } = server.address() as AddressInfo;
  const socket = gate.socketFactory({ host: '127.0.0.1', port, onConnect() {} });
  socket.on('error', () => {});
  const [peer] = (await accepted) as [Socket];
  peer.on('error', () => {});
  return { gate, socket, peer, server };
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
});
