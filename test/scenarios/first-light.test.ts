import { expect, test } from 'vitest';
import { expectExactlyOnce, recount, saidBy } from '../rig/independent.ts';
import { expectExit, resultOf, runProgram, startProgram } from '../rig/program.ts';

test('ten thousand orders go through both topics and every one is counted', async () => {
  const end = await runProgram('load 10k; wait idle; expect total_orders == 10000 and total_reservations == 10000', {
    args: ['--fresh'],
  });
  expectExit(end);
  expect(end.lines.at(-1)).toMatchObject({ type: 'finished', exit: 0 });
  expect(end.left).toEqual([]);
});

test('the fail rate decides what share of orders is refused', async () => {
  const script = 'fail-rate 30%; load 2k; wait idle; expect failure_rate > 26% and failure_rate < 34%';
  expectExit(await runProgram(script, { args: ['--fresh'] }));
});

test('a throttle lets lag grow, and taking it away lets it go', async () => {
  const script =
    'throttle 20ms; load 1k --background; wait lag.inventory > 100; throttle 0ms; wait idle; expect lag == 0';
  expectExit(await runProgram(script, { args: ['--fresh'] }));
});

test('duplicates and malformed records are exact shares of a load, and the program agrees with the log', async () => {
  const program = startProgram(
    'load 4k --duplicates 1% --malformed 0.5%; wait idle; metrics; expect dead_letters == 20; say done; sleep 1m',
  );
  await program.said('done');
  const account = await recount([`127.0.0.1:${program.broker().port}`]);
  expectExactlyOnce(account);
  expect(account).toMatchObject({ total: 3_980, distinct: 3_940, malformed: 20, deadLetters: 20 });
  expect(account).toMatchObject(saidBy(resultOf(program.lines, 'metrics')));
  program.kill('SIGTERM');
  const end = await program.ended;
  expectExit(end, 143);
  expect(end.left).toEqual([]);
});
