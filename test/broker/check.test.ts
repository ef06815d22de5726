import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Checked, checkFolder } from '../../src/broker/check.ts';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { batchOf } from './batch-of.ts';
import { launchBroker } from './launch/launching.ts';
import { rawClient } from './raw-client.ts';
import { createTopic, produceTo, withTopic } from './start-broker.ts';

const BATCHES = 12;
const BATCH_BYTES = batchOf({ values: ['x'.repeat(30_000), 'y'] }).length;

/** A folder that a broker closed: topic `t` with one partition of 12 batches of two records, in segments of five. */
async function closedFolder(batches = BATCHES) {
  const { dataDir, client, close } = await withTopic(1, { segmentBytes: 5 * BATCH_BYTES });
  for (let i = 0; i < batches; i++) await produceTo(client, batchOf({ values: ['x'.repeat(30_000), 'y'] }));
  const commit = async (committedOffset: number) => {
    const partitions = [{ partitionIndex: 0, committedOffset, committedLeaderEpoch: -1, committedMetadata: '' }];
    const topics = [{ name: 't', partitions }];
    const group = { groupId: 'g', generationId: -1, memberId: '', retentionTimeMs: -1 };
    await client.ask(APIS.offsetCommit, 2, { ...group, topics });
  };
  const deleteBefore = async (offset: number) => {
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, offset }] }];
    await client.ask(APIS.deleteRecords, 1, { topics, timeoutMs: 1000 });
  };
  return { dataDir, close, commit, deleteBefore };
}

async function check(dataDir: string): Promise<Checked[]> {
  const parts: Checked[] = [];
  for await (const part of checkFolder(dataDir)) parts.push(part);
  return parts;
}

async function checkPartition(dataDir: string) {
  const part = (await check(dataDir)).find((each) => each.part === 'partition');
  if (part?.part !== 'partition') throw new Error('no partition was checked');
  return part;
}

function partitionFolder(dataDir: string): string {
  const topics = join(dataDir, 'topics');
  return join(topics, readdirSync(topics)[0] as string, '0');
}

function filesOf(dataDir: string, suffix: string): string[] {
  const folder = partitionFolder(dataDir);
  return readdirSync(folder)
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => join(folder, name));
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}

/** Every file with its size and time. */
function picture(dataDir: string): unknown[] {
  return (readdirSync(dataDir, { recursive: true }) as string[]).sort().map((name) => {
    const { size, mtimeMs } = statSync(join(dataDir, name));
    return [name, size, mtimeMs];
  });
}

describe('checking a data folder', () => {
  test('what a broker closed is right in every part, and nothing is written', async () => {
    const { dataDir, close, commit } = await closedFolder();
    await commit(24);
    await close();
    const before = picture(dataDir);
    const fine = { faults: [], notes: [] };
    expect(await check(dataDir)).toEqual([
      { part: 'catalog', topics: 1, clusterId: expect.stringMatching(/^embedded-/), ...fine },
      { part: 'partition', name: 't/0', records: 24, bytes: BATCHES * BATCH_BYTES, ...fine },
      { part: 'groups', groups: 1, offsets: 1, ...fine },
    ]);
    expect(picture(dataDir)).toEqual(before);
    expect(filesOf(dataDir, '.log')).toHaveLength(3);
  });

  test('records below the log start are not counted', async () => {
    const { dataDir, close, deleteBefore } = await closedFolder();
    await deleteBefore(13);
    await close();
    expect(await checkPartition(dataDir)).toMatchObject({ records: 11, faults: [], notes: [] });
  });

  test('it is refused while a broker runs on it, and where there is none', async () => {
    const dataDir = temporaryFolder();
    await launchBroker({ dataDir });
    await expect(check(dataDir)).rejects.toMatchObject({ kind: 'locked' });
    await expect(check(join(dataDir, 'topics'))).rejects.toThrow('holds no data of an embedded broker');
  });

  test('a folder of a newer version is refused', async () => {
    const { dataDir, close } = await closedFolder(1);
    await close();
    writeFileSync(join(dataDir, 'format.json'), '{"format":2}');
    await expect(check(dataDir)).rejects.toMatchObject({ kind: 'newer-format' });
  });

  test('the tail that a kill tore is a note, and the next start makes it good', async () => {
    const dataDir = temporaryFolder();
    const broker = await launchBroker({ dataDir });
    const client = await rawClient(broker.port);
    await createTopic(client, 't', 1);
    await produceTo(client, batchOf());
    await broker.kill();
    const [log] = filesOf(dataDir, '.log') as [string];
    for (const torn of [
      batchOf().subarray(0, 5),
      batchOf().subarray(0, 40),
      batchOf().subarray(0, 63),
      Buffer.alloc(80),
    ]) {
      const { size } = statSync(log);
      appendFileSync(log, torn);
      const { faults, notes, records } = await checkPartition(dataDir);
      expect({ faults, records }).toEqual({ faults: [], records: 1 });
      expect(notes.join()).toContain(`torn tail: ${torn.length} bytes behind offset 1`);
      truncateSync(log, size);
    }
    appendFileSync(log, batchOf().subarray(0, 63));
    await broker.restart();
    await broker.close();
    expect(await checkPartition(dataDir)).toMatchObject({ records: 1, faults: [], notes: [] });
  });

  test('any flipped bit of a batch is found, with file and byte', async () => {
    const { dataDir, close } = await closedFolder(7);
    await close();
    const [first] = filesOf(dataDir, '.log') as [string];
    const whole = readFileSync(first);
    // Base offset and leader epoch lie outside the checksum; the offset is compared with the one before, the epoch means nothing.
    const place = fc.nat(whole.length - 1).filter((at) => at % BATCH_BYTES < 12 || at % BATCH_BYTES > 15);
    const property = fc.asyncProperty(
      fc.oneof(
        place,
        place.map((at) => (at % BATCH_BYTES) % 61).filter((at) => at < 12 || at > 15),
      ),
      async (at) => {
        writeFileSync(first, whole);
        flip(first, at);
        const { faults } = await checkPartition(dataDir);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults[0]).toMatch(/byte \d+/);
      },
    );
    await fc.assert(property, { numRuns: 25 });
  });

  test('what lies behind a damaged batch is read all the same', async () => {
    const { dataDir, close } = await closedFolder();
    await close();
    const [first] = filesOf(dataDir, '.log') as [string];
    flip(first, BATCH_BYTES + 100);
    flip(first, 3 * BATCH_BYTES + 100);
    const { faults, records } = await checkPartition(dataDir);
    expect(faults).toEqual([
      `the checksum of the batch of offset 2 is wrong, at byte ${BATCH_BYTES} of 00000000000000000000.log`,
      `the checksum of the batch of offset 6 is wrong, at byte ${3 * BATCH_BYTES} of 00000000000000000000.log`,
    ]);
    expect(records).toBe(20);
  });

  test('a segment that is missing, short or gone altogether is damage', async () => {
    const { dataDir, close } = await closedFolder();
    await close();
    const logs = filesOf(dataDir, '.log') as [string, string, string];
    const last = statSync(logs[2]).size;
    truncateSync(logs[2], last - 1);
    expect((await checkPartition(dataDir)).faults).toEqual([
      `00000000000000000020.log ends in the middle of a batch, at byte ${BATCH_BYTES} behind offset 22`,
      'records from 22 to 23 were on the disk and are gone',
    ]);
    truncateSync(logs[0], 4 * BATCH_BYTES);
    expect((await checkPartition(dataDir)).faults).toContain('offsets 8 to 9 are missing between two segments');
    rmSync(logs[1]);
    expect((await checkPartition(dataDir)).faults).toContain('offsets 8 to 19 are missing between two segments');
    rmSync(partitionFolder(dataDir), { recursive: true });
    expect((await checkPartition(dataDir)).faults.join()).toContain('its records are gone');
  });

  test('an index that lies is damage, a missing one is not', async () => {
    const { dataDir, close } = await closedFolder();
    await close();
    const [index] = filesOf(dataDir, '.idx') as [string];
    const whole = readFileSync(index);
    expect(whole.length).toBeGreaterThan(0);
    for (const at of [3, 7, 15]) {
      flip(index, at);
      expect((await checkPartition(dataDir)).faults.join()).toMatch(
        /\.idx is wrong about offset \d+ at byte \d+: remove it/,
      );
      writeFileSync(index, whole);
    }
    rmSync(index);
    const { faults, notes } = await checkPartition(dataDir);
    expect(faults).toEqual([]);
    expect(notes.join()).toContain('has no index');
  });

  test('catalog and groups: a torn end is a note, damage before it is not', async () => {
    const { dataDir, close, commit } = await closedFolder(1);
    for (const offset of [0, 1, 2]) await commit(offset);
    await close();
    const path = join(dataDir, 'groups.log');
    const whole = readFileSync(path);
    const groups = async () => (await check(dataDir)).at(-1);
    truncateSync(path, whole.length - 3);
    expect(await groups()).toMatchObject({ faults: [], notes: [expect.stringContaining('torn tail')] });
    writeFileSync(path, whole);
    flip(path, 20);
    expect(await groups()).toMatchObject({ faults: [expect.stringContaining('groups.log is damaged at byte 0')] });
    writeFileSync(path, whole);
    appendFileSync(join(dataDir, 'meta.log'), Buffer.from([0, 0]));
    mkdirSync(join(dataDir, 'topics', 'xyz'));
    const [catalog] = await check(dataDir);
    expect(catalog).toMatchObject({
      faults: [],
      notes: [expect.stringContaining('torn tail: 2 bytes of meta.log'), '1 folder of no topic (xyz)'],
    });
    writeFileSync(join(dataDir, 'meta.snap'), 'rubbish of some length');
    expect((await check(dataDir))[0]?.faults.join()).toContain('meta.snap is damaged at byte 0');
  });

  test('a group that has committed beyond the end of its partition is told', async () => {
    const { dataDir, close, commit } = await closedFolder(1);
    await commit(5);
    await close();
    expect((await check(dataDir)).at(-1)?.faults).toEqual(['g has committed 5 in t/0, which ends at 2']);
  });
});
