import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFewOpenFiles } from '../../../src/broker/log/few-open-files.ts';
import { type OpenFile, openLogFile } from '../../../src/broker/log/log-file.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { openTestLog, readAll } from './open-test-log.ts';

test('many segments are written and read with few files open', async () => {
  const open = new Set<string>();
  let most = 0;
  const counting: OpenFile = (path) => {
    const file = openLogFile(path);
    open.add(path);
    most = Math.max(most, open.size);
    return {
      ...file,
      close: () => {
        open.delete(path);
        file.close();
      },
    };
  };
  const openFile = withFewOpenFiles(counting, 6);
  const { log, append } = openTestLog({ folder: join(temporaryFolder(), 'p'), openFile, segmentBytes: 100 });
  for (let i = 0; i < 30; i++) {
    append();
    await log.flush();
  }
  expect(readAll(log, 0)).toHaveLength(30);
  expect(most).toBeLessThanOrEqual(7);
});
