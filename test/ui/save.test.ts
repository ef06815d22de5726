import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { saveNew } from '../../src/ui/save.ts';

const folder = mkdtempSync(join(tmpdir(), 'lunchrush-save-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

describe('saving a session', () => {
  test('makes a new file', async () => {
    await saveNew(at('new.txt'), 'load 1k\n');
    expect(readFileSync(at('new.txt'), 'utf8')).toBe('load 1k\n');
  });

  test('leaves a file that is there as it is, and says what to do', async () => {
    writeFileSync(at('old.txt'), 'mine');
    await expect(saveNew(at('old.txt'), 'load 1k\n')).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: `${at('old.txt')} is there already, and is left as it is`,
      fix: 'save under another name, or remove it first',
    });
    expect(readFileSync(at('old.txt'), 'utf8')).toBe('mine');
  });

  test('says that a name is a folder', async () => {
    mkdirSync(at('folder'));
    await expect(saveNew(at('folder'), '')).rejects.toMatchObject({ message: `${at('folder')} is a folder` });
  });

  test('says which folder is missing', async () => {
    await expect(saveNew(at('none/of/that'), '')).rejects.toMatchObject({
      message: `the folder ${at('none/of')} is not there`,
      fix: 'make it first, or save elsewhere',
    });
  });

  test('says which part of a path is no folder', async () => {
    writeFileSync(at('file'), '');
    await expect(saveNew(at('file/session'), '')).rejects.toMatchObject({ message: `${at('file')} is no folder` });
  });

  test.skipIf(process.getuid?.() === 0)('says that one may not write there', async () => {
    mkdirSync(at('locked'));
    chmodSync(at('locked'), 0o500);
    await expect(saveNew(at('locked/session'), '')).rejects.toMatchObject({
      message: `${at('locked/session')} may not be written by you`,
      fix: 'save it in a folder that is yours',
    });
  });

  test('says that a name is too long for any disk', async () => {
    await expect(saveNew(at('x'.repeat(300)), '')).rejects.toMatchObject({ fix: 'save under a shorter one' });
  });
});
