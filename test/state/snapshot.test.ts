import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Means, machineMeans } from '../../src/state/files.ts';
import { createSnapshot } from '../../src/state/snapshot.ts';
import { Crash, crashingAt, failing, temporaryFolder } from './folder.ts';

function inFolder(folder: string, means: Means = machineMeans, key = 'orders/0') {
  return createSnapshot({ path: join(folder, 'state.json'), key, means });
}

describe('snapshot', () => {
  test('gives back any value that was written last', async () => {
    const snapshot = inFolder(temporaryFolder());
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        await snapshot.write(value);
        expect(await snapshot.read()).toEqual({ value: JSON.parse(JSON.stringify(value)), generation: 0 });
      }),
      { numRuns: 15 },
    );
  });

  test('is absent before it was written, and after it was removed', async () => {
    const snapshot = inFolder(temporaryFolder());
    expect(await snapshot.read()).toEqual({ reason: 'absent' });
    await snapshot.write(1);
    await snapshot.write(2);
    await snapshot.remove();
    expect(await snapshot.read()).toEqual({ reason: 'absent' });
  });

  test.each([
    ['snapshot-written-aside', 'old'],
    ['snapshot-old-kept', 'old'],
    ['snapshot-renamed', 'new'],
  ])('a crash at %s leaves the %s value, and writing works again', async (point, left) => {
    const folder = temporaryFolder();
    await inFolder(folder).write('old');
    await expect(inFolder(folder, crashingAt(point)).write('new')).rejects.toThrow(Crash);
    expect(await inFolder(folder).read()).toMatchObject({ value: left });
    await inFolder(folder).write('newer');
    expect(await inFolder(folder).read()).toEqual({ value: 'newer', generation: 0 });
    expect(readdirSync(folder).sort()).toEqual(['state.json', 'state.json.1']);
  });

  test('falls back to the generation before when the latest is cut or changed anywhere', async () => {
    const folder = temporaryFolder();
    await inFolder(folder).write('old');
    await inFolder(folder).write({ a: 'new' });
    const path = join(folder, 'state.json');
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect(await inFolder(folder).read()).toEqual({ value: 'old', generation: 1 });
      const changed = Buffer.from(whole);
      changed[length] = (changed[length] as number) ^ 0x01;
      writeFileSync(path, changed);
      const read = await inFolder(folder).read();
      if ('value' in read) expect(read.value).toBe('old');
      else expect(read.reason).toBe('newer');
    }
  });

  test('says torn when no generation is sound', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'state.json'), 'rubbish');
    expect(await inFolder(folder).read()).toEqual({ reason: 'torn' });
  });

  test('takes the generation that fits, and says stale if none does', async () => {
    const snapshot = inFolder(temporaryFolder());
    await snapshot.write(1);
    await snapshot.write(2);
    expect(await snapshot.read((value) => value === 1)).toEqual({ value: 1, generation: 1 });
    expect(await snapshot.read(() => false)).toEqual({ reason: 'stale' });
  });

  test('knows files of another key and of a later format', async () => {
    const folder = temporaryFolder();
    await inFolder(folder).write(1);
    expect(await inFolder(folder, machineMeans, 'orders/1').read()).toEqual({ reason: 'foreign' });
    writeFileSync(join(folder, 'state.json'), '{"format":99,"key":"orders/0"}\n?');
    expect(await inFolder(folder).read()).toEqual({ reason: 'newer' });
  });

  test.each([
    ['ENOSPC', 'DATA_FULL'],
    ['EACCES', 'DATA_NOT_WRITABLE'],
    ['EROFS', 'DATA_NOT_WRITABLE'],
  ])('a write that fails with %s is %s and names the file', async (code, expected) => {
    const folder = temporaryFolder();
    const write = inFolder(folder, failing(['open'], code)).write(1);
    await expect(write).rejects.toMatchObject({ code: expected, message: expect.stringContaining(folder) });
  });
});
