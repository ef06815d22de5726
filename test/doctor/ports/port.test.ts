import { expect, test } from 'vitest';
import { checkPort, type WantedPort } from '../../../src/doctor/ports/port.ts';
import { startBroker } from '../../broker/start-broker.ts';
import { freePort } from '../../rig/free-port.ts';
import { http, serve, silent, unhurried } from '../address/servers.ts';

const wanted = (port: number, more: Partial<WantedPort> = {}): WantedPort => ({
  host: '127.0.0.1',
  port,
  what: 'the embedded broker',
  fix: 'choose another',
  isMust: false,
  ...more,
});

test('a port that is free is let go again', async () => {
  const port = await freePort();
  for (let again = 0; again < 2; again++) {
    expect(await checkPort(wanted(port), unhurried)).toMatchObject({
      level: 'ok',
      found: expect.stringContaining('is free'),
    });
  }
});

test("an embedded broker's port is well where it is our own, and told apart where it is not", async () => {
  const { port } = await startBroker();
  expect(await checkPort(wanted(port, { ours: port }), unhurried)).toMatchObject({ level: 'ok' });
  expect(await checkPort(wanted(port), unhurried)).toMatchObject({ level: 'warn', data: { answers: 'embedded' } });
});

/** Doors of a pipeline, as far as they say who they are. */
const doors = () =>
  serve((socket) => {
    const about = JSON.stringify({ openapi: '3.1.0', info: { title: 'Lunchrush orders' } });
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${about}`));
  });

test.each([
  ['a web server', http, 'a web server (lunch) answers'],
  ['a pipeline of lunchrush', doors, 'another lunchrush answers'],
  ['somebody who says nothing', silent, 'neither Kafka in plain text nor HTTP'],
])('%s in the way is told', async (_, start, found) => {
  const port = await start();
  expect(await checkPort(wanted(port), unhurried)).toMatchObject({
    level: 'warn',
    found: expect.stringContaining(found),
  });
});

test('something in the way is a failure where the port is a must', async () => {
  const finding = await checkPort(wanted(await http(), { isMust: true }), unhurried);
  expect(finding).toMatchObject({ level: 'fail', fix: 'choose another' });
});

test('an address that this machine does not have is told', async () => {
  // 203.0.113.0/24 is for documents only (RFC 5737).
  const finding = await checkPort(wanted(await freePort(), { host: '203.0.113.7' }), unhurried);
  expect(finding).toMatchObject({ level: 'warn', found: expect.stringContaining('no such address') });
});
