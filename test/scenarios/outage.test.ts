import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { eventsOf, startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

/** Longer than a send may take, shorter than a session. */
const AWAY_MS = 8_000;

test('a cluster that goes away under load is waited for, which is said, and everything goes on by itself', async () => {
  const broker = await startBroker();
  const script = `load 4k --rate 1k/s --background; wait total_reservations > 500; say flowing; ${STAY}`;
  const program = startProgram(script, { args: ['--brokers', broker.address] });
  await program.said('flowing');
  await broker.kill();
  const lost = await program.event('cluster-lost');
  await wait(AWAY_MS);
  await broker.restart();
  const found = await program.event('cluster-found');
  const account = await judge(program, [broker.address]);
  expect(account).toMatchObject({ distinct: 4_000, accepted: 4_000 });
  expect(lost['reason']).toMatch(/\w/);
  expect(found['awayForMs']).toBeGreaterThan(AWAY_MS);
  expect(eventsOf(program.lines, 'cluster-lost').length).toBe(1);
});
