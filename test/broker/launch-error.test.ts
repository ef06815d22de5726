import { describe, expect, test } from 'vitest';
import { toLaunchError } from '../../src/broker/launch-error.ts';

const systemError = (code: string) => Object.assign(new Error(`${code}: something`), { code });

describe('what stands in the way of a start', () => {
  test.each([
    ['ENOSPC', 'full', 'no space is left on the disk of /data'],
    ['EDQUOT', 'full', 'your disk quota is used up for /data'],
    ['EACCES', 'not-writable', 'you may not write into /data'],
    ['EROFS', 'not-writable', 'the file system is read-only at /data'],
    ['ENOTDIR', 'not-writable', 'a file stands in the way of the folder /data'],
    ['EMFILE', 'failed', 'the broker did not start: EMFILE: something'],
  ])('%s is told as %s', (code, kind, message) => {
    expect(toLaunchError(systemError(code), '/data')).toMatchObject({ kind, message });
  });

  test('what is no error is told all the same', () => {
    expect(toLaunchError('rubbish', '/data').message).toBe('the broker did not start: rubbish');
  });
});
