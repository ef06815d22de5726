import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataFolder, makeFolder, safeName, stateFolder } from '../../src/state/folders.ts';
import { anyUnits } from '../orders/texts.ts';
import { failing, temporaryFolder } from './folder.ts';

describe('folders', () => {
  test('a name is safe on every file system, whatever it holds', () => {
    fc.assert(
      fc.property(anyUnits(80), (name) => {
        expect(safeName(name)).toMatch(/^[a-z0-9_-]{1,60}$/);
      }),
    );
  });

  test('names that differ in case or in odd characters only stay apart', () => {
    expect(new Set(['ab', 'aB', 'AB', 'a.b', 'a/b', 'a-b', '../ab', ''].map(safeName)).size).toBe(8);
  });

  test('state is kept apart by cluster, topics and group', () => {
    const key = {
      clusterId: 'q1',
      ordersTopic: 'orders',
      inventoryEventsTopic: 'inventory-events',
      group: 'analytics-group',
    };
    const paths = [key, { ...key, clusterId: 'q2' }, { ...key, ordersTopic: 'o' }, { ...key, group: 'g' }];
    expect(new Set(paths.map((one) => stateFolder('/data', one))).size).toBe(4);
    expect(stateFolder(`${sep}data`, key).startsWith(`${sep}data${sep}state${sep}`)).toBe(true);
  });

  test('the data folder is the one asked for, or one of this user', () => {
    expect(dataFolder('/somewhere')).toBe('/somewhere');
    expect(dataFolder()).toContain('lunchrush');
  });

  test('a folder that cannot be made is named', async () => {
    const made = makeFolder(`${temporaryFolder()}/a/b`, failing(['mkdir'], 'EACCES'));
    await expect(made).rejects.toMatchObject({ code: 'DATA_NOT_WRITABLE', message: expect.stringContaining('a/b') });
  });
});
