import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { silent } from '../doctor/address/servers.ts';
import { startBroker } from '../rig/broker.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { freePort } from '../rig/free-port.ts';
import { startProgram } from '../rig/program.ts';
import { connectAdmin } from '../rig/stock-client.ts';
import { killAll, launch, type Outcome } from '../script/launch.ts';

afterAll(killAll);

type Line = { type: string; part: string; name: string; level: string; found: string; fix: string; data: object };

/** Folders for the data and for temporary files, of which the first is not there yet. */
function folders() {
  const folder = temporaryFolder();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  return { dataDir: join(folder, 'data'), temporary, env: { TMPDIR: temporary } };
}

/** What `--json` has written, by `part: name`. */
function checksIn({ stdout }: Outcome): Record<string, Line> {
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const checks = lines.filter(({ type }) => type === 'check');
  return Object.fromEntries(checks.map((line) => [`${line.part}: ${line.name}`, line]));
}

describe('lunchrush doctor', () => {
  test('looks at a machine, tries a broker, and leaves neither folder nor process behind', async () => {
    const { dataDir, temporary, env } = folders();
    const started = launch(['doctor', '--data-dir', dataDir, '--broker-port', String(await freePort())], { env });
    const { code, stdout, stderr } = await started.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^this machine\nok {4}node +v\d+/);
    expect(stdout).toContain(`folder          ${dataDir}, will be made`);
    expect(stdout).toMatch(/\nok {4}start +starts and answers/);
    expect(existsSync(dataDir)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
    expect(started.alive()).toEqual([]);
  });

  test('looks at the broker of a program that runs, and disturbs nothing', async () => {
    const program = startProgram('load 300; wait idle; say ready; sleep 5m');
    await program.said('ready');
    const admin = await connectAdmin(`127.0.0.1:${program.broker().port}`);
    const look = () => Promise.all([admin.listTopics(), admin.listGroups(), admin.fetchTopicOffsets('orders')]);
    const before = await look();
    const ended = await launch(['doctor', '--data-dir', program.dataDir, '--json']).done;
    expect(ended.code).toBe(0);
    const checks = checksIn(ended);
    expect(checks['embedded broker: lock']?.found).toContain('in use by the embedded broker');
    expect(checks['ports: broker port']?.found).toContain('our own embedded broker');
    expect(checks['cluster: topics']?.found).toContain('orders, inventory-events and orders-dlt are there');
    expect(checks['cluster: inventory']).toMatchObject({ level: 'ok', data: { state: 'Stable', lag: 0 } });
    expect(checks['cluster: analytics']).toMatchObject({ level: 'ok', data: { state: 'Stable', lag: 0 } });
    expect(await look()).toEqual(before);
    program.kill('SIGTERM');
    expect((await program.ended).left).toEqual([]);
  });

  test('looks at a cluster address by address, and one that is dead is a warning where another leads in', async () => {
    const { address } = await startBroker();
    const { dataDir } = folders();
    const closed = `127.0.0.1:${await freePort()}`;
    const ended = await launch(['doctor', '--brokers', `${closed},${address}`, '--data-dir', dataDir, '--json']).done;
    expect(ended.code).toBe(0);
    const checks = checksIn(ended);
    expect(checks[`${closed}: tcp`]).toMatchObject({
      level: 'warn',
      found: expect.stringContaining('nothing listens'),
    });
    expect(checks[`${closed}: log-in`]?.level).toBe('skipped');
    expect(checks[`${address}: log-in`]?.level).toBe('ok');
    expect(checks['cluster: topics']?.found).toContain('will be made');
    expect(checks['embedded broker: start']).toBeUndefined();
    expect(await (await connectAdmin(address)).listTopics()).toEqual([]);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('ends with 3 where no address leads in, and no secret is told', async () => {
    const { address } = await startBroker();
    const { dataDir } = folders();
    const sasl = ['--sasl', 'plain', '--sasl-username', 'lunch', '--data-dir', dataDir];
    const env = { LUNCHRUSH_SASL_PASSWORD: 'open sesame' };
    const { code, stdout, stderr } = await launch(['doctor', '--brokers', address, ...sasl], { env }).done;
    expect(code).toBe(3);
    expect(stdout).toMatch(/FAIL {2}sasl +no log-in is asked for at this port\n +→ leave out --sasl/);
    expect(stdout).toMatch(/skip {2}topics +not tried, because of/);
    expect(stdout + stderr).not.toContain('sesame');
  });

  test('ends with 5 where this machine is the trouble', async () => {
    const { dataDir } = folders();
    writeFileSync(dataDir, '');
    const ended = await launch(['doctor', '--data-dir', dataDir, '--json']).done;
    expect(ended.code).toBe(5);
    expect(checksIn(ended)['data: folder']).toMatchObject({
      level: 'fail',
      fix: expect.stringContaining('--data-dir'),
    });
  });

  test('ends at Ctrl+C, and what it had begun is gone then', async () => {
    const { dataDir, temporary, env } = folders();
    const trying = launch(['doctor', '--data-dir', dataDir], { env });
    await trying.shows('this machine');
    trying.kill('SIGINT');
    expect((await trying.done).code).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
    expect(trying.alive()).toEqual([]);
    const waiting = launch(['doctor', '--brokers', `127.0.0.1:${await silent()}`, '--data-dir', dataDir]);
    await waiting.shows('ok    tcp');
    waiting.kill('SIGTERM');
    expect((await waiting.done).code).toBe(143);
  });
});
