import { expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { type CrashPoint, crashing } from '../rig/crash.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { expectExactlyOnce, recount, saidBy } from '../rig/independent.ts';
import { expectExit, resultOf, startProgram } from '../rig/program.ts';
import { startWorker, type WorkerOptions, type WorkerProcess } from '../rig/worker.ts';

/** Starts a worker again and again, as a container engine does, until it is told to stop. */
function keepAlive(kind: string, options: WorkerOptions) {
  let worker = startWorker(kind, options);
  let deaths = 0;
  const live = async (): Promise<WorkerProcess> => {
    while ((await worker.ended) === 'SIGKILL') {
      deaths += 1;
      worker = startWorker(kind, options);
    }
    return worker;
  };
  const over = live();
  const stop = async () => {
    worker.signal('SIGTERM');
    expect(await (await over).ended).toBe(143);
    return deaths;
  };
  return { stop };
}

const dying = (point: string): CrashPoint => ({ point, nth: 1, how: 'process' });

test('workers that die between two effects and are started again lose nothing and repeat nothing', async () => {
  const broker = await startBroker();
  const own = { brokers: [broker.address], dataDir: temporaryFolder() };
  const points = ['dead-letters-acknowledged', 'outcomes-acknowledged', 'offsets-committed'];
  const inventory = keepAlive('inventory', { ...own, ...crashing(points.map(dying)) });
  const analytics = keepAlive('analytics', { ...own, ...crashing([dying('snapshot-saved')]) });
  const load = 'load 3k --rate 1k/s --duplicates 1% --malformed 0.5% --background';
  const program = startProgram(`${load}; wait idle; metrics; audit`, {
    args: ['--brokers', broker.address, '--workers', '0'],
  });
  const end = await program.ended;
  expectExit(end);
  const account = await recount([broker.address]);
  expectExactlyOnce(account);
  expect(account).toMatchObject(saidBy(resultOf(end.lines, 'metrics')));
  expect(account).toMatchObject({ distinct: 2_955, accepted: 2_955, deadLetters: 15 });
  expect(resultOf(end.lines, 'audit')).toMatchObject({ clean: true });
  expect(await inventory.stop()).toBe(points.length);
  expect(await analytics.stop()).toBe(1);
});
