import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineMeans } from '../../src/state/files.ts';
import { type Lease, type Processes, takeLease } from '../../src/state/lock.ts';
import { processStart } from '../../src/state/process-start.ts';
import { crashingAt, temporaryFolder } from './folder.ts';

/** A machine on which the given processes run; each said by id and start. */
function machine(running: Record<number, string>): (pid: number) => Processes {
  return (pid) => ({ pid, startOf: (other) => running[other] });
}

describe('lease', () => {
  test('is held by one until it is released', async () => {
    const folder = temporaryFolder();
    const on = machine({ 1: 'a', 2: 'b' });
    const lease = await takeLease(folder, machineMeans, on(2));
    await expect(takeLease(folder, machineMeans, on(1))).rejects.toMatchObject({
      code: 'DATA_LOCKED',
      message: expect.stringContaining('process 2'),
    });
    await expect(takeLease(folder, machineMeans, on(2))).rejects.toMatchObject({ code: 'DATA_LOCKED' });
    await lease.release();
    await (await takeLease(folder, machineMeans, on(1))).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a process that has ended is free, also when its id is in use again', async () => {
    const folder = temporaryFolder();
    await expect(takeLease(folder, crashingAt('lease-claimed'), machine({ 7: 'a' })(7))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['lease.7.a']);
    const lease = await takeLease(folder, machineMeans, machine({ 7: 'z', 8: 'b' })(8));
    expect(readdirSync(folder)).toEqual(['lease.8.b']);
    await lease.release();
  });

  test('goes to exactly one of several that want it at the same time', async () => {
    const on = machine({ 1: 'a', 2: 'a', 3: 'a', 4: 'a' });
    for (let round = 0; round < 5; round++) {
      const folder = temporaryFolder();
      const tries = [3, 1, 4, 2].map((pid) => takeLease(folder, machineMeans, on(pid)));
      const taken = (await Promise.allSettled(tries)).filter((one) => one.status === 'fulfilled');
      expect(taken).toHaveLength(1);
      await (taken[0] as PromiseFulfilledResult<Lease>).value.release();
    }
  });

  test('passes over files that are no claims', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lease.txt'), '');
    await (await takeLease(folder, machineMeans, machine({ 1: 'a' })(1))).release();
    expect(readdirSync(folder)).toEqual(['lease.txt']);
  });
});

describe('processStart', () => {
  test('is one word for a running process and nothing for one that has ended', async () => {
    expect(processStart(process.pid)).toMatch(/^[\w-]+$/);
    expect(processStart(process.pid)).toBe(processStart(process.pid));
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid as number;
    expect(processStart(pid)).toMatch(/^[\w-]+$/);
    expect(processStart(pid)).not.toBe(processStart(process.pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processStart(pid)).toBeUndefined();
  });
});
