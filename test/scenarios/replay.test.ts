import { expect, test } from 'vitest';
import { expectExit, runProgram, startProgram } from '../rig/program.ts';
import { connectAdmin } from '../rig/stock-client.ts';
import { judge, STAY } from '../rig/verdict.ts';

test('a replay of the whole log comes to the same numbers', async () => {
  const script =
    'load 10k --duplicates 1%; wait idle; replay analytics --yes; expect lag == 0 and distinct_orders == 9900';
  const end = await runProgram(script, { args: ['--fresh'] });
  expectExit(end);
  expect(end.lines.some(({ event }) => event?.type === 'replay-identical')).toBe(true);
});

test('a replay rewinds the offsets of the group for everyone to see, and a program that is told to end takes that back', async () => {
  const first = startProgram('load 900; wait idle; pause analytics; replay analytics --yes');
  await first.event('replay-rewound');
  const admin = await connectAdmin(`127.0.0.1:${first.broker().port}`);
  const rewound = await admin.fetchOffsets({ groupId: 'analytics-group', topics: ['orders', 'inventory-events'] });
  expect(new Set(rewound.flatMap(({ partitions }) => partitions.map(({ offset }) => offset)))).toEqual(new Set(['0']));
  first.kill('SIGTERM');
  const end = await first.ended;
  expectExit(end, 143);
  expect(end.left).toEqual([]);

  const second = startProgram(STAY, { dataDir: first.dataDir });
  expect(await judge(second)).toMatchObject({ total: 900, distinct: 900 });
});
