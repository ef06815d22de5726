import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createEventStore } from '../../src/engine/store.ts';
import { keepMetricsFile } from '../../src/main/metrics-file.ts';
import { printReport } from '../../src/orders/report.ts';
import { createFakeClock } from '../engine/fake-clock.ts';
import { PIPELINE } from '../engine/fake-cluster.ts';
import { analyticsDigest, NO_TOTALS } from '../engine/fake-hall.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { until } from '../rig/until.ts';
import { killAll, launch } from '../script/launch.ts';

afterAll(killAll);

function stage(path: (home: string) => string = (home) => join(home, 'metrics.txt')) {
  const home = temporaryFolder();
  const clock = createFakeClock();
  const events = createEventStore({ pipeline: PIPELINE, clock });
  const printed: string[] = [];
  const warned: string[] = [];
  events.onEvent((event) => {
    if (event.type === 'warned') warned.push(event.sentence);
  });
  events.emit({ type: 'worker-spawned', slot: 'analytics/1', incarnation: 1, why: 'start' });
  const file = path(home);
  const stdout = { write: (text: string) => printed.push(text) };
  const keeper = keepMetricsFile({ events, clock, path: file, stdout });
  const count = (orders: number) => {
    const totals = { ...NO_TOTALS, total_orders: orders, orders_per_minute: { '2026-02-19T04:30': orders } };
    events.emit({ type: 'digest-arrived', digest: analyticsDigest({ totals }) });
    events.commit();
    return printReport(totals);
  };
  /** Lets time pass until the file holds a text, or until something else is there. */
  const passes = <T>(what: string, look: () => T | Promise<T>) =>
    until(what, async () => {
      await clock.advance(5_000);
      return look();
    });
  const read = () => readFile(file, 'utf8').catch(() => '');
  const holds = (text: string) => passes(`${file} is written`, async () => (await read()) === text);
  return { home, file, clock, keeper, count, passes, holds, printed, warned };
}

describe('the metrics file', () => {
  test('nothing is written before analytics has told its numbers', async () => {
    const { home, clock, keeper, printed } = stage();
    await clock.advance(5_000);
    await keeper.close();
    expect(await readdir(home)).toEqual([]);
    expect(printed).toEqual([]);
  });

  test('a close while one report is written and the next is due writes one at a time', async () => {
    // Two at once only sometimes take each other's file away.
    for (let round = 0; round < 100; round++) {
      const { clock, count, keeper, warned } = stage();
      count(1);
      await clock.advance(5_000);
      await clock.advance(5_000);
      await keeper.close();
      expect(warned).toEqual([]);
    }
  });

  test('it says the report every five seconds, and prints only what is new', async () => {
    const { clock, count, holds, keeper, home, printed } = stage();
    const first = count(1);
    await holds(first);
    await clock.advance(5_000);
    const second = count(2);
    await holds(second);
    await keeper.close();
    expect(printed).toEqual([first, second]);
    expect(await readdir(home)).toEqual(['metrics.txt']);
  });

  test('closing it writes the last numbers', async () => {
    const { keeper, count, file, clock } = stage();
    const last = count(7);
    await keeper.close();
    expect(await readFile(file, 'utf8')).toBe(last);
    expect(clock.pending()).toBe(0);
  });

  test('a folder that is not there is told once, and once when the file is written again', async () => {
    const { clock, count, passes, holds, keeper, warned, home, file } = stage((home) => join(home, 'later', 'm.txt'));
    const report = count(3);
    await passes('it was told', () => warned[0]);
    await clock.advance(5_000);
    await mkdir(join(home, 'later'));
    await holds(report);
    await clock.advance(5_000);
    await keeper.close();
    expect(warned).toEqual([
      `${file} is not written: its folder does not exist; the pipeline goes on without it`,
      `${file} is written again`,
    ]);
  });

  test('a path that cannot be written is a warning, at the end too, and leaves nothing beside it', async () => {
    const { keeper, count, warned, home, file } = stage();
    count(3);
    await mkdir(file);
    await writeFile(join(file, 'in-the-way'), '');
    await keeper.close();
    expect(warned).toHaveLength(1);
    expect(warned[0]).toContain('is not written: ');
    expect(await readdir(home)).toEqual(['metrics.txt']);
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is told as that, and the file stays as it was', async () => {
    const { keeper, count, passes, warned, file } = stage();
    await writeFile(file, 'before');
    await symlink('/dev/full', `${file}.${process.pid}.tmp`);
    count(2);
    await passes('it was told', () => warned[0]);
    expect(warned).toEqual([`${file} is not written: no space is left on the disk; the pipeline goes on without it`]);
    expect(await readFile(file, 'utf8')).toBe('before');
    await keeper.close();
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written to is told as that', async () => {
    const { keeper, count, warned, home, file } = stage();
    count(3);
    await chmod(home, 0o500);
    await keeper.close();
    await chmod(home, 0o700);
    expect(warned).toEqual([`${file} is not written: permission is denied; the pipeline goes on without it`]);
  });
});

test('a script leaves the last numbers in the file', async () => {
  const file = join(temporaryFolder(), 'numbers.txt');
  const args = [
    '--fresh',
    '--metrics-file',
    file,
    '-e',
    'load 100 --duplicates 10%; wait idle; produce last; wait idle',
  ];
  const { code, stderr } = await launch(args).done;
  expect(code, stderr).toBe(0);
  expect(await readFile(file, 'utf8')).toContain('Total orders seen: 101\nTotal reservations: 91\n');
});
