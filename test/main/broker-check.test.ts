import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { printChecked, runBrokerCheck } from '../../src/main/broker-check.ts';
import { batchOf } from '../broker/batch-of.ts';
import { produceTo, withTopic } from '../broker/start-broker.ts';
import { temporaryFolder } from '../rig/folder.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function listen(): string[] {
  const said: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  return said;
}

/** A data folder with one topic and one record, and the path of its only segment. */
async function folder() {
  const dataDir = temporaryFolder();
  const broker = join(dataDir, 'broker');
  const { client, close } = await withTopic(1, { dataDir: broker });
  await produceTo(client, batchOf());
  await close();
  const topics = join(broker, 'topics');
  return { dataDir, log: join(topics, readdirSync(topics)[0] as string, '0', `${'0'.repeat(20)}.log`) };
}

describe('lunchrush broker check', () => {
  test('prints a line for each part, and what a crash left below it', async () => {
    const { dataDir, log } = await folder();
    const said = listen();
    expect(await runBrokerCheck({ mode: 'broker-check', dataDir })).toBe(0);
    expect(said.map((line) => line.replace(/embedded-[\w-]+/, 'ID'))).toEqual([
      'catalog, 1 topic, cluster ID: ok\n',
      't/0, 1 record, 73 B: ok\n',
      'groups, 0 groups, 0 offsets: ok\n',
    ]);
    appendFileSync(log, Buffer.alloc(9));
    expect(await runBrokerCheck({ mode: 'broker-check', dataDir })).toBe(0);
    expect(said.join('')).toContain('ok\n  torn tail: 9 bytes behind offset 1');
  });

  test('damage ends with exit code 4', async () => {
    const { dataDir, log } = await folder();
    const bytes = readFileSync(log);
    bytes[70] = 0;
    writeFileSync(log, bytes);
    const said = listen();
    const run = runBrokerCheck({ mode: 'broker-check', dataDir });
    await expect(run).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining('1 of 3 parts') });
    expect(said[1]).toContain('t/0, 0 records, 73 B: damaged');
  });

  test('a folder without data is refused with exit code 4', async () => {
    const run = runBrokerCheck({ mode: 'broker-check', dataDir: temporaryFolder() });
    await expect(run).rejects.toMatchObject({ exitCode: 4, message: expect.stringContaining('holds no data') });
  });

  test('faults come before notes', () => {
    const part = { part: 'groups', groups: 1, offsets: 2, faults: ['bad'], notes: ['well'] } as const;
    expect(printChecked({ ...part, faults: ['bad'], notes: ['well'] })).toEqual([
      'groups, 1 group, 2 offsets: damaged',
      '  bad',
      '  well',
    ]);
  });
});
