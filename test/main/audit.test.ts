import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { eventIdOf } from '../rig/event-id.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { freePort } from '../rig/free-port.ts';
import { startProgram } from '../rig/program.ts';
import { connectAdmin, connectProducer } from '../rig/stock-client.ts';
import { killAll, launch, run } from '../script/launch.ts';

afterAll(killAll);

/** What `--json` has written, line by line. */
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('lunchrush audit', () => {
  test('finds the log of a pipeline clean and leaves no trace in it, until somebody else decides there', async () => {
    const { address } = await startBroker();
    const args = ['--brokers', address, '--data-dir', temporaryFolder()];
    expect((await run(...args, '-e', 'load 500; wait idle')).code).toBe(0);
    const admin = await connectAdmin(address);
    const look = () => Promise.all([admin.listTopics(), admin.listGroups(), admin.fetchTopicOffsets('orders')]);
    const before = await look();
    const clean = await run('audit', ...args);
    expect({ code: clean.code, stderr: clean.stderr }).toEqual({ code: 0, stderr: '' });
    expect(clean.stdout).toMatch(/^clean: 1,000 records read\n {2}total_orders +500\n/);
    expect(await look()).toEqual(before);

    const source = { topic: 'orders', partition: 1, offset: 1_000_000 };
    const eventId = eventIdOf({ ...source, orderId: 'ghost' });
    const outcome = { eventId, eventType: 'InventoryReserved', orderId: 'ghost', source };
    const forged = { key: 'ghost', value: JSON.stringify(outcome), partition: 1 };
    const [sent] = await (await connectProducer(address)).send({ topic: 'inventory-events', messages: [forged] });
    const dirty = await run('audit', ...args);
    expect(dirty.code).toBe(1);
    expect(dirty.stdout).toMatch(/^dirty: 1,001 records read\n/);
    const place = JSON.stringify({ topic: 'inventory-events', partition: 1, offset: Number(sent?.baseOffset) });
    expect(dirty.stdout).toContain(`orphans at ${place}`);
    const json = await run('audit', ...args, '--json');
    expect(json.code).toBe(1);
    expect(linesOf(json.stdout)).toMatchObject([
      { type: 'started', format: 1 },
      {
        type: 'result',
        command: 'audit',
        data: { clean: false, counters: { total_orders: 500, total_reservations: 501 } },
      },
      { type: 'finished', exit: 1 },
    ]);
  });

  test('reads beside a running pipeline, whose lease and broker it leaves alone', async () => {
    const program = startProgram('load 200; wait idle; say ready; sleep 5m');
    await program.said('ready');
    const { code, stdout } = await run('audit', '--data-dir', program.dataDir);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'clean: 400 records read' });
    expect(program.broker().pid).toBeGreaterThan(0);
    program.kill('SIGTERM');
    expect((await program.ended).left).toEqual([]);
  });

  test('starts the broker of a data folder that nobody uses, and ends it again', async () => {
    const dataDir = temporaryFolder();
    const args = ['--data-dir', dataDir, '--broker-port', String(await freePort())];
    expect((await run(...args, '-e', 'load 200; wait idle')).code).toBe(0);
    const started = launch(['audit', ...args]);
    expect(await started.done).toMatchObject({ code: 0, stdout: expect.stringContaining('clean: 400 records') });
    expect(started.alive()).toEqual([]);
    expect(existsSync(join(dataDir, 'broker', 'lock.json'))).toBe(false);
  });

  test('refuses where there is nothing to read, and makes nothing', async () => {
    const folder = join(temporaryFolder(), 'none');
    expect(await run('audit', '--data-dir', folder)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('not there'),
    });
    expect(existsSync(folder)).toBe(false);
    const { address } = await startBroker();
    const { code, stdout, stderr } = await run('audit', '--brokers', address, '--json');
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('there is no topic orders') });
    expect(linesOf(stdout)).toMatchObject([
      { type: 'started' },
      { type: 'error', code: 'KAFKA_TOPICS_UNFIT' },
      { type: 'finished', exit: 3 },
    ]);
    expect(await (await connectAdmin(address)).listTopics()).toEqual([]);
  });

  test('ends at Ctrl+C', async () => {
    const started = launch(['audit', '--brokers', '127.0.0.1:1', '--json']);
    await started.shows('started');
    started.kill('SIGINT');
    expect((await started.done).code).toBe(130);
  });
});
