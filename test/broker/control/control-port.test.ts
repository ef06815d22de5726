import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ControlPort, createControlPort } from '../../../src/broker/control/control-port.ts';
import { type ControlLine, dial } from '../../../src/broker/control/line.ts';
import type { Notice } from '../../../src/broker/control/messages.ts';
import { probe } from '../../../src/broker/control/probe.ts';

const identity = { startId: 'abc', pid: process.pid };
const attached = { ...identity, port: 9092, clusterId: 'c' };

let control: ControlPort;
let port: number;
let counts: [number, boolean][];
let stops: number;
const lines: ControlLine[] = [];

async function open(linked = true) {
  const seen: [number, boolean][] = [];
  counts = seen;
  stops = 0;
  control = createControlPort(identity, linked, {
    attachedChanged: (count, bye) => seen.push([count, bye]),
    stopAsked: () => stops++,
  });
  port = await control.open();
}
async function line(onNotice?: (notice: Notice) => void) {
  const dialled = await dial(port, onNotice);
  lines.push(dialled);
  return dialled;
}
async function consoleLine(pid: number, onNotice?: (notice: Notice) => void) {
  const dialled = await line(onNotice);
  return { dialled, attached: await dialled.ask<'attach'>({ ask: 'attach', pid }) };
}

beforeEach(() => open());
afterEach(async () => {
  for (const dialled of lines.splice(0)) dialled.hangUp();
  await control.close();
});

const lock = (startId: string) => ({ ...identity, startId, port: 0, controlPort: port, startedAt: 0, format: 1 });

describe('the control port', () => {
  test('says who it is before the broker serves, without counting the asker', async () => {
    expect(await (await line()).ask<'hello'>({ ask: 'hello' })).toEqual({ ...identity, ending: false });
    expect(counts).toEqual([]);
  });

  test('answers who attaches once the broker serves', async () => {
    const early = consoleLine(1);
    const later = (await line()).ask<'hello'>({ ask: 'hello' });
    await later;
    control.serving(attached);
    expect((await early).attached).toEqual(attached);
    expect((await consoleLine(2)).attached).toEqual(attached);
    expect(control.attached).toBe(2);
  });

  test('leases to one console at a time, and to the next when its connection closes', async () => {
    control.serving(attached);
    const [first, second] = [await consoleLine(11), await consoleLine(12)];
    expect(await first.dialled.ask<'lease'>({ ask: 'lease' })).toEqual({ held: true });
    expect(await first.dialled.ask<'lease'>({ ask: 'lease' })).toEqual({ held: true });
    expect(await second.dialled.ask<'lease'>({ ask: 'lease' })).toEqual({ held: false, pid: 11 });
    first.dialled.hangUp();
    await expect.poll(() => control.attached).toBe(1);
    expect(await second.dialled.ask<'lease'>({ ask: 'lease' })).toEqual({ held: true });
  });

  test('tells how many are attached, and whether the last went on purpose', async () => {
    control.serving(attached);
    const [first, second] = [await consoleLine(1), await consoleLine(2)];
    expect(await first.dialled.ask<'bye'>({ ask: 'bye' })).toEqual({ staying: true });
    first.dialled.hangUp();
    expect(await second.dialled.ask<'bye'>({ ask: 'bye' })).toEqual({ staying: false });
    expect(counts).toEqual([
      [1, false],
      [2, false],
      [1, true],
      [0, true],
    ]);
  });

  test('a broker of its own stays after every goodbye', async () => {
    await control.close();
    await open(false);
    control.serving(attached);
    expect(await (await consoleLine(1)).dialled.ask<'bye'>({ ask: 'bye' })).toEqual({ staying: true });
  });

  test('passes on the wish to stop', async () => {
    await (await line()).ask<'stop'>({ ask: 'stop' });
    expect(stops).toBe(1);
  });

  test('tells consoles what happens, and that the broker ends; then nobody attaches', async () => {
    const heard: Notice[] = [];
    control.serving(attached);
    await consoleLine(1, (notice) => heard.push(notice));
    control.notify({ notice: 'log', level: 'warn', message: 'disk full' });
    control.ending();
    await expect
      .poll(() => heard)
      .toEqual([{ notice: 'log', level: 'warn', message: 'disk full' }, { notice: 'ending' }]);
    await expect(consoleLine(2)).rejects.toThrow('hung up');
  });

  test('hangs up on what is no line of ours', async () => {
    for (const rubbish of ['GET / HTTP/1.1\r\n\r\n', '{"ask":"dance","id":1}\n', 'x'.repeat(100_000)]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(rubbish);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect(await probe(lock('abc'))).toBe('there');
  });
});

describe('probing a lock', () => {
  test('its broker is there if it answers with the start id', async () => {
    expect(await probe(lock('abc'))).toBe('there');
  });

  test('another start id means that it has gone, although pid and port answer', async () => {
    expect(await probe(lock('older'))).toBe('gone');
  });

  test('no process or no listener means that it has gone', async () => {
    expect(await probe({ ...lock('abc'), pid: 2 ** 30 })).toBe('gone');
    await control.close();
    expect(await probe(lock('abc'))).toBe('gone');
  });

  test('a broker that ends says so', async () => {
    control.ending();
    expect(await probe(lock('abc'))).toBe('ending');
  });
});
