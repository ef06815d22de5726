import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type OpenFile, openLogFile } from '../../../src/broker/log/log-file.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { batchOf } from '../batch-of.ts';
import { openTestLog, readAll } from './open-test-log.ts';

/** A disk on which only `room` bytes of log fit; the write that does not leaves a part of itself behind. */
function smallDisk(room: number): OpenFile {
  return (path) => {
    const file = openLogFile(path);
    return {
      ...file,
      write: (bytes, position) => {
        if (!path.endsWith('.log') || position + bytes.length <= room) return file.write(bytes, position);
        file.write(bytes.subarray(0, Math.max(0, room - position)), position);
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      },
    };
  };
}

test('on a full disk the batch is refused, cut off again, and the partition is read-only and says so', () => {
  const folder = temporaryFolder();
  const size = batchOf().length;
  const { log, append, said } = openTestLog({ folder, openFile: smallDisk(2 * size + 10) });
  append();
  append();
  expect(append()).toEqual({ error: 56 });
  expect(append()).toEqual({ error: 56 });
  expect(statSync(join(folder, `${'0'.repeat(20)}.log`)).size).toBe(2 * size);
  expect(log.readOnly).toContain('ENOSPC');
  expect(said.join()).toContain('read-only');
  expect(readAll(log, 0)).toHaveLength(2);
});
