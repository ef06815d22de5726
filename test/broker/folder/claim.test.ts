import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Presence } from '../../../src/broker/control/probe.ts';
import { claim } from '../../../src/broker/folder/claim.ts';
import { createLock, type LockFile, readLock } from '../../../src/broker/folder/lock-file.ts';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'claim-'));
  path = join(dir, 'lock.json');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const lock = (startId: string, pid = process.pid): LockFile => ({
  ...{ startId, pid, port: 1, controlPort: 2, startedAt: 3, format: 1 },
});
const saying = (presence: Presence) => async () => presence;

describe('claiming a folder', () => {
  test('a free one is had, and nothing else is left in it', async () => {
    expect(await claim(path, lock('a'), saying('there'))).toEqual({ held: true });
    expect(readLock(path)).toEqual(lock('a'));
    expect(readdirSync(dir)).toEqual(['lock.json']);
  });

  test.each<Presence>(['there', 'ending', 'silent'])('one whose broker is %s stays with it', async (presence) => {
    createLock(path, lock('a'));
    expect(await claim(path, lock('b'), saying(presence))).toEqual({ held: false, by: lock('a'), presence });
    expect(readLock(path)?.startId).toBe('a');
  });

  test('one whose broker has gone is taken over', async () => {
    createLock(path, lock('a'));
    expect(await claim(path, lock('b'), saying('gone'))).toEqual({ held: true });
    expect(readLock(path)?.startId).toBe('b');
  });

  test('a lock that cannot be read is taken over when nobody stands behind it', async () => {
    writeFileSync(path, '{"pid":');
    expect(await claim(path, lock('b'), saying('gone'))).toEqual({ held: true });
  });

  test('of many who take over at once, exactly one has it', async () => {
    for (let round = 0; round < 20; round++) {
      createLock(path, lock('dead'));
      const probe = async ({ startId }: LockFile): Promise<Presence> => {
        await new Promise((resolve) => setImmediate(resolve));
        return startId === 'dead' ? 'gone' : 'there';
      };
      const names = Array.from({ length: 8 }, (_, i) => `r${round}-${i}`);
      const claims = await Promise.all(names.map((name) => claim(path, lock(name), probe)));
      const winners = names.filter((_, i) => claims[i]?.held);
      expect(winners).toEqual([readLock(path)?.startId]);
      rmSync(path);
    }
  });

  test('a lock made while we looked at a dead one is not removed', async () => {
    createLock(path, lock('dead'));
    const probe = async ({ startId }: LockFile): Promise<Presence> => {
      if (startId !== 'dead') return 'there';
      rmSync(path);
      createLock(path, lock('faster'));
      return 'gone';
    };
    expect(await claim(path, lock('b'), probe)).toMatchObject({ held: false, by: { startId: 'faster' } });
  });

  test('a takeover whose process died half-way does not block the next', async () => {
    createLock(path, lock('dead'));
    createLock(`${path}.dead`, lock('crashed', 2 ** 30));
    expect(await claim(path, lock('b'), saying('gone'))).toEqual({ held: true });
    expect(readdirSync(dir)).toEqual(['lock.json']);
  });
});
