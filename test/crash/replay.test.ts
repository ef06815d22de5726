import { expect, test } from 'vitest';
import { startCrashing } from '../rig/crash.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

test('a replay that a crash broke off begins again at the next start and comes to the same numbers', async () => {
  const dataDir = temporaryFolder();
  const death = [{ point: 'replay-folded', nth: 1, how: 'process' as const }];
  const first = startCrashing('load 1k; wait idle; replay analytics --yes', death, { dataDir });
  expect((await first.ended).signal).toBe('SIGKILL');
  const second = startProgram(STAY, { dataDir });
  await second.event('replay-identical');
  expect(await judge(second)).toMatchObject({ total: 1_000, distinct: 1_000 });
});
