import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { expectExactlyOnce, recount, saidBy } from '../rig/independent.ts';
import { eventsOf, expectExit, resultOf, runProgram, startProgram } from '../rig/program.ts';
import { connectAdmin } from '../rig/stock-client.ts';
import { until } from '../rig/until.ts';
import { startWorker } from '../rig/worker.ts';

/** A broker, and inventory workers and analytics as processes of their own on one data folder. */
async function open(inventory: number) {
  const broker = await startBroker();
  const own = { brokers: [broker.address], dataDir: temporaryFolder() };
  const beside = ['--brokers', broker.address, '--workers', '0'];
  const workers = Array.from({ length: inventory }, () => startWorker('inventory', own));
  const analytics = startWorker('analytics', own);
  for (const worker of [...workers, analytics]) await worker.line('group-joined');
  return { broker, own, beside, workers, analytics };
}

test('a script beside workers that run alone sees every order decided once, and ends none of what is not its own', async () => {
  const { broker, own, beside, workers, analytics } = await open(2);
  const script = [
    'load 10k --duplicates 1% --malformed 0.5%; wait idle',
    'expect total_orders == 9950 and distinct_orders == 9850 and total_reservations == 9850 and lag == 0 and pending == 0',
    'expect members.inventory == 2 and members.analytics == 1 and workers.inventory == 0',
    'audit; metrics; workers',
  ].join('; ');
  const end = await runProgram(script, { args: beside });
  expectExit(end);
  const account = await recount([broker.address]);
  expectExactlyOnce(account);
  expect(account).toMatchObject(saidBy(resultOf(end.lines, 'metrics')));
  expect(eventsOf(end.lines, 'group-joined').map(({ slot }) => slot)).toEqual([]);

  const refused = await runProgram('wait members.inventory == 2; kill inventory/1', { args: beside });
  expectExit(refused, 4);
  const { message } = refused.lines.find(({ type }) => type === 'error') ?? {};
  expect(message).toContain('inventory/1 is not ours');
  for (const { pid } of workers) expect(message).toContain(String(pid));

  // Their state is theirs alone, so a second analytics worker on the same folder is refused.
  const second = startWorker('analytics', own);
  expect(await second.ended).toBe(5);
  expect(second.stderr).toContain(`is in use by process ${analytics.pid}`);
  for (const worker of [...workers, analytics]) worker.signal('SIGTERM');
  for (const worker of [...workers, analytics]) expect(await worker.ended).toBe(143);
});

test('a worker told to stop in the middle of a load leaves at once, and nothing is lost or decided twice', async () => {
  const { broker, beside, workers } = await open(2);
  const [leaving, staying] = workers as [(typeof workers)[0], (typeof workers)[0]];
  const load = 'load 4k --rate 2k/s --background; wait total_reservations > 1000; say flowing';
  const program = startProgram(`${load}; wait idle; metrics; expect members.inventory == 1`, { args: beside });
  await program.said('flowing');
  leaving.signal('SIGTERM');
  expect(await leaving.ended).toBe(143);
  expect(leaving.lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['stopping', 'stopped']));
  await staying.line('group-joined', ({ assigned }) => (assigned as unknown[]).length === 3);
  expectExit(await program.ended);
  const account = await recount([broker.address]);
  expectExactlyOnce(account);
  // What was decided was acknowledged and committed before the group was left: nobody had to decide it again.
  expect(account).toMatchObject({ distinct: 4_000, accepted: 4_000, redelivered: 0 });
});

test('of a worker that was killed the next one leaves the group, the rest takes over, and each order has one outcome', async () => {
  const { broker, own, beside, workers } = await open(2);
  const [killed, staying] = workers as [(typeof workers)[0], (typeof workers)[0]];
  const load = 'load 4k --rate 2k/s --background; wait total_reservations > 1000; say flowing';
  const program = startProgram(`${load}; wait idle; metrics`, { args: beside });
  await program.said('flowing');
  killed.signal('SIGKILL');
  await killed.ended;
  const next = startWorker('inventory', own);
  const left = await next.line('member-left');
  expect(String(left['memberId'])).toContain(`-${killed.pid}-`);
  await next.line('group-joined');
  await staying.line('group-joined', ({ generation }) => Number(generation) > 1);
  expectExit(await program.ended);
  const account = await recount([broker.address]);
  expectExactlyOnce(account);
  expect(account).toMatchObject({ distinct: 4_000, accepted: 4_000 });
  // Never for the living: nobody left for the one that stayed.
  expect(staying.lines.filter(({ msg }) => msg.includes('expelled'))).toEqual([]);
});

test('a load worker that is interrupted sends what it has composed, reports it and ends', async () => {
  const broker = await startBroker();
  const brokers = [broker.address];
  const load = startWorker('load', { brokers }, '1M --rate 1k/s');
  await load.line('load-started');
  await until('orders in the log', async () => (await recount(brokers)).total > 0);
  load.signal('SIGINT');
  expect(await load.ended).toBe(130);
  const report = load.lines.find(({ event }) => event === 'load-finished');
  expect(report).toMatchObject({ stopped: true, errors: 0, unknown: 0 });
  expect((await recount(brokers)).total).toBe(report?.['produced']);
});

test('a worker answers whether it lives and whether it works', async () => {
  const broker = await startBroker();
  const worker = startWorker('inventory', { brokers: [broker.address], args: ['--health-port', '0'] });
  const { msg } = await worker.line('health-opened');
  const [url] = /http:\S+/.exec(msg) as RegExpExecArray;
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${url}${path}`, { method });
    return [answer.status, await answer.json()];
  };
  expect(await ask('/health')).toEqual([200, { status: 'ok' }]);
  await until('a worker that works', async () => (await ask('/ready'))[0] === 200);
  expect((await ask('/'))[0]).toBe(404);
  expect((await ask('/ready', 'POST'))[0]).toBe(405);
  const args = ['--health-port', new URL(url).port];
  const other = startWorker('inventory', { brokers: [broker.address], args });
  expect(await other.ended).toBe(5);
  expect(other.stderr).toMatch(/port \d+ at 127\.0\.0\.1 is taken .*--health-port/);
});

test('analytics that may only read counts outside its group, beside a member, and keeps no state', async () => {
  const broker = await startBroker();
  const brokers = [broker.address];
  const load = startWorker('load', { brokers }, '1k');
  expect(await load.ended).toBe(0);
  const dataDir = temporaryFolder();
  const reader = startWorker('analytics', { brokers, dataDir, args: ['--read-only'] });
  await reader.line('ready', (line) => line['total_orders'] === 1_000);
  expect(readdirSync(dataDir)).toEqual([]);
  const admin = await connectAdmin(broker.address);
  const { groups } = await admin.describeGroups(['analytics-group']);
  expect(groups[0]?.members).toEqual([]);
});

test('what cannot be done is refused before a broker is asked', async () => {
  const brokers = ['127.0.0.1:1'];
  const wrong = startWorker('load', { brokers }, '10k --rat 5/s');
  expect(await wrong.ended).toBe(2);
  expect(wrong.stderr).toContain('--rate');
  expect(wrong.lines).toEqual([]);
});
