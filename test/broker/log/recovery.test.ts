import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../rig/folder.ts';
import { openTestLog, readAll } from './open-test-log.ts';

const LOG = `${'0'.repeat(20)}.log`;
const INDEX = `${'0'.repeat(20)}.idx`;

/** A folder with `count` batches of one record, left as a kill leaves it: nothing flushed, nothing closed. */
function killedLog(count: number, segmentBytes = 1e9): string {
  const folder = temporaryFolder();
  const { append } = openTestLog({ folder, segmentBytes });
  for (let i = 0; i < count; i++) append({ values: [`value ${i}`], producerId: 7, producerEpoch: 0, sequence: i });
  return folder;
}

function filesOf(folder: string, suffix: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort();
}

describe('after a kill', () => {
  test('everything appended is there again', () => {
    const { log, said } = openTestLog({ folder: killedLog(20, 500) });
    expect(readAll(log, 0)).toHaveLength(20);
    expect(said).toEqual([]);
  });

  test('a batch torn at any byte is cut, and only that', () => {
    const folder = killedLog(3);
    const path = join(folder, LOG);
    const whole = readFileSync(path);
    const size = whole.length / 3;
    for (let cut = 2 * size + 1; cut < whole.length; cut += 7) {
      writeFileSync(path, whole.subarray(0, cut));
      const { log, said } = openTestLog({ folder });
      expect(log.endOffset).toBe(2);
      expect(statSync(path).size).toBe(2 * size);
      expect(said.join()).toContain(`${cut - 2 * size} torn bytes cut behind offset 2`);
    }
  });

  test('any rubbish behind the last batch is cut', () => {
    const property = fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (rubbish) => {
      const folder = killedLog(4);
      appendFileSync(join(folder, LOG), rubbish);
      const { log, append } = openTestLog({ folder });
      expect(log.endOffset).toBe(4);
      append();
      expect(readAll(log, 0)).toHaveLength(5);
    });
    fc.assert(property, { numRuns: 30 });
  });

  test('a batch with a wrong checksum ends the log', () => {
    const folder = killedLog(4);
    const path = join(folder, LOG);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    writeFileSync(path, bytes);
    expect(openTestLog({ folder }).log.endOffset).toBe(3);
  });

  test('an index that is missing, torn or of another log is made anew', () => {
    const folder = temporaryFolder();
    const { append } = openTestLog({ folder });
    for (let i = 0; i < 12; i++) append({ values: ['x'.repeat(30_000)] });
    const path = join(folder, INDEX);
    const whole = readFileSync(path);
    expect(whole.length).toBeGreaterThan(16);
    for (const damage of [
      () => rmSync(path),
      () => truncateSync(path, 20),
      () => writeFileSync(path, Buffer.alloc(64, 3)),
    ]) {
      damage();
      const { log } = openTestLog({ folder });
      expect(readAll(log, 0)).toHaveLength(12);
      expect(readFileSync(path)).toEqual(whole);
    }
  });

  test('an index that points beside the batches it names is not believed, not even below a recovery point', async () => {
    const folder = temporaryFolder();
    const first = openTestLog({ folder });
    for (let i = 0; i < 12; i++) first.append({ values: ['x'.repeat(30_000)] });
    await first.log.flush();
    const path = join(folder, INDEX);
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 16) bytes.writeUInt32BE(bytes.readUInt32BE(at + 4) + 5, at + 4);
    writeFileSync(path, bytes);
    expect(readAll(openTestLog({ folder }).log, 0)).toHaveLength(12);
  });

  test('producers are known again: a duplicate is a duplicate, a gap is a gap', () => {
    const { append } = openTestLog({ folder: killedLog(6, 300) });
    const next = { producerId: 7, producerEpoch: 0 };
    expect(append({ ...next, values: ['value 5'], sequence: 5 })).toEqual({ error: 0, baseOffset: 5 });
    expect(append({ ...next, sequence: 7 })).toEqual({ error: 45 });
    expect(append({ ...next, sequence: 6 })).toEqual({ error: 0, baseOffset: 6 });
  });
});

describe('a recovery point', () => {
  test('after a flush nothing below is doubted', async () => {
    const folder = killedLog(5);
    const { log } = openTestLog({ folder });
    await log.flush();
    await log.close();
    const path = join(folder, LOG);
    const bytes = readFileSync(path);
    // A flipped bit that only a checksum shows: below a recovery point, what is on the disk is trusted.
    bytes[70] = (bytes[70] as number) ^ 1;
    writeFileSync(path, bytes);
    const again = openTestLog({ folder });
    expect(again.log.endOffset).toBe(5);
    expect(again.said).toEqual([]);
    expect(filesOf(folder, '.snap')).toEqual([`${'5'.padStart(20, '0')}.snap`]);
  });

  test('producers come from it, and from what was appended since', async () => {
    const folder = killedLog(5);
    const first = openTestLog({ folder });
    await first.log.flush();
    first.append({ producerId: 7, producerEpoch: 0, sequence: 5 });
    const { append } = openTestLog({ folder });
    expect(append({ values: ['value 4'], producerId: 7, producerEpoch: 0, sequence: 4 })).toEqual({
      error: 0,
      baseOffset: 4,
    });
    expect(append({ producerId: 7, producerEpoch: 0, sequence: 6 })).toEqual({ error: 0, baseOffset: 6 });
  });

  test('a torn one is passed over', async () => {
    const folder = killedLog(5);
    const first = openTestLog({ folder });
    await first.log.flush();
    truncateSync(join(folder, filesOf(folder, '.snap')[0] as string), 30);
    const { append } = openTestLog({ folder });
    expect(append({ producerId: 7, producerEpoch: 0, sequence: 6 })).toEqual({ error: 45 });
  });

  test('one beyond the end of the log, which a dead machine can leave, is not believed', async () => {
    const folder = killedLog(5);
    const first = openTestLog({ folder });
    await first.log.flush();
    truncateSync(join(folder, LOG), statSync(join(folder, LOG)).size - 1);
    const { log, append, said } = openTestLog({ folder });
    expect(log.endOffset).toBe(4);
    expect(said.join()).toContain('were lost');
    expect(append({ producerId: 7, producerEpoch: 0, sequence: 4 })).toEqual({ error: 0, baseOffset: 4 });
  });
});

test('a segment torn in the middle loses its tail, and the later ones are still read', () => {
  const folder = killedLog(10, 300);
  const [first] = filesOf(folder, '.log') as [string];
  const path = join(folder, first);
  const before = openTestLog({ folder, segmentBytes: 300 }).log;
  truncateSync(path, statSync(path).size - 1);
  const { log } = openTestLog({ folder, segmentBytes: 300 });
  expect(log.endOffset).toBe(before.endOffset);
  expect(readAll(log, 0).length).toBe(9);
});
