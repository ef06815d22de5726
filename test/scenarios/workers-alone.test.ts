import { expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { expectExactlyOnce, recount, saidBy } from '../rig/independent.ts';
import { eventsOf, expectExit, resultOf, runProgram, startProgram } from '../rig/program.ts';
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
  const load = 'load 6k --rate 2k/s --background; wait total_reservations > 1000; say flowing';
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
  expect(account).toMatchObject({ distinct: 6_000, accepted: 6_000, redelivered: 0 });
});

test('of a worker that was killed the next one leaves the group, the rest takes over, and each order has one outcome', async () => {
  const { broker, own, beside, workers } = await open(2);
  const [killed, staying] = workers as [(typeof workers)[0], (typeof workers)[0]];
  const load = 'load 6k --rate 2k/s --background; wait total_reservations > 1000; say flowing';
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
  expect(account).toMatchObject({ distinct: 6_000, accepted: 6_000 });
  // Never for the living: nobody left for the one that stayed.
  expect(staying.lines.filter(({ msg }) => msg.includes('expelled'))).toEqual([]);
});
