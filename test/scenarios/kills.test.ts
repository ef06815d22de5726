import { expect, test } from 'vitest';
import { eventsOf, startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

/** Set for the size that the contract names: 20,000 orders in ten seconds. */
const FULL = process.env['LUNCHRUSH_TEST_FULL'] === '1';
const COUNT = FULL ? 20_000 : 6_000;

test('three workers killed under load, with duplicates and malformed records: each order one outcome', async () => {
  const load = `load ${COUNT} --rate 2k/s --duplicates 1% --malformed 0.5% --background`;
  const kill = 'wait workers.inventory == 1; kill inventory/1';
  const program = startProgram([load, 'wait total_reservations > 300', kill, kill, kill, STAY].join('; '));
  const account = await judge(program);
  expect(account).toMatchObject({
    distinct: COUNT * 0.985,
    accepted: COUNT * 0.985,
    malformed: COUNT * 0.005,
    deadLetters: COUNT * 0.005,
  });
  expect(eventsOf(program.lines, 'worker-killed').length).toBe(3);
});
