import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFolder, checkSpace, judgeSpace } from '../../../src/doctor/data/folder.ts';
import { lookAtLease } from '../../../src/doctor/data/lease.ts';
import { checkFormat, checkLock } from '../../../src/doctor/data/lock.ts';
import { machineMeans } from '../../../src/state/files.ts';
import { makeFolder, stateFolder } from '../../../src/state/folders.ts';
import { takeLease } from '../../../src/state/lock.ts';
import { processStart } from '../../../src/state/process-start.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { NAMES, seenOf } from '../cluster/seen.ts';

describe('the data folder', () => {
  test('is well where it can be made, and is not made', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    expect(await checkFolder(folder, 'broker')).toMatchObject({ level: 'ok', found: `${folder}, will be made` });
    expect(existsSync(folder)).toBe(false);
  });

  test('is well where it may be written, and nothing is written', async () => {
    const folder = temporaryFolder();
    expect(await checkFolder(folder, 'broker')).toMatchObject({ level: 'ok', found: folder });
    expect((await checkSpace(folder)).data).toMatchObject({ free: expect.any(Number) });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not well where a file is in its place, or in that of a folder in it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'broker'), '');
    expect(await checkFolder(join(folder, 'broker'), 'x')).toMatchObject({ level: 'fail' });
    const found = `${join(folder, 'broker')} is a file, no folder`;
    expect(await checkFolder(folder, 'broker')).toMatchObject({ level: 'fail', found });
  });

  test.skipIf(process.getuid?.() === 0)('is not well where it may not be written', async () => {
    const folder = join(temporaryFolder(), 'closed');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    expect(await checkFolder(folder, 'broker')).toMatchObject({ level: 'fail', found: `${folder} may not be written` });
  });

  test.each([
    [8, 'fail'],
    [800, 'warn'],
    [8_000, 'ok'],
  ])('with %d MiB of room: %s', (mib, level) => {
    expect(judgeSpace(mib * 1024 ** 2, 2 ** 40).level).toBe(level);
  });
});

test.each([
  [undefined, 'ok', 'not in use'],
  ['there', 'ok', 'in use by the embedded broker with process id 7, at 127.0.0.1:9092'],
  ['gone', 'ok', 'left locked by process 7, which has gone'],
  ['ending', 'warn', 'is ending'],
  ['silent', 'fail', 'locked by process 7, which does not answer'],
] as const)('a lock whose broker is %s', (presence, level, found) => {
  const finding = checkLock(presence && { pid: 7, port: 9092, presence });
  expect(finding).toMatchObject({ level, found: expect.stringContaining(found) });
});

test('a folder of a newer format is a failure that says which one it is', () => {
  expect(checkFormat(undefined, 1).level).toBe('ok');
  expect(checkFormat(1, 1)).toMatchObject({ level: 'ok', found: '1, which this version reads' });
  expect(checkFormat(2, 1)).toMatchObject({ level: 'fail', found: expect.stringContaining('formats up to 1') });
});

test('who runs the pipeline is told, and nothing is taken', async () => {
  const root = temporaryFolder();
  const known = { seen: seenOf({}), names: NAMES };
  expect(await lookAtLease(known, root)).toMatchObject({ level: 'ok', found: expect.stringContaining('no other') });
  expect(readdirSync(root)).toEqual([]);
  const { orders: ordersTopic, inventoryEvents: inventoryEventsTopic } = NAMES.topics;
  const key = { clusterId: 'C', ordersTopic, inventoryEventsTopic, group: NAMES.groups.analytics };
  const folder = await makeFolder(stateFolder(root, key), machineMeans);
  const lease = await takeLease(folder, machineMeans, { pid: process.pid, startOf: processStart });
  expect(await lookAtLease(known, root)).toMatchObject({ data: { holder: process.pid } });
  await lease.release();
  expect(await lookAtLease(known, root)).toMatchObject({ found: expect.stringContaining('no other') });
});
