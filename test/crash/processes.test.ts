import { describe, expect, test } from 'vitest';
import { startCrashing } from '../rig/crash.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { killBroker } from '../rig/processes.ts';
import { eventsOf, type Program, startProgram } from '../rig/program.ts';
import { aheadOfCommit, judge, STAY } from '../rig/verdict.ts';

const LOAD = 'load 12k --rate 4k/s --duplicates 1% --malformed 0.5% --background';

async function killProgram(program: Program): Promise<void> {
  program.kill('SIGKILL');
  await program.ended;
}

describe('kill -9 in the middle of a load, and a restart on the same data', () => {
  test.each([
    ['program, then broker', [killProgram, ({ dataDir }: Program) => killBroker(dataDir)]],
    ['broker, then program', [({ dataDir }: Program) => killBroker(dataDir), killProgram]],
  ])('%s: every valid order of the log gets one outcome', async (_, killings) => {
    const first = startProgram(`${LOAD}; wait total_reservations > 1500; say now; sleep 5m`);
    await first.said('now');
    for (const kill of killings) await kill(first);
    await killBroker(first.dataDir);
    const account = await judge(startProgram(STAY, { dataDir: first.dataDir }));
    expect(account.distinct).toBeGreaterThan(1_500);
    expect(account.distinct).toBeLessThan(11_820);
  });

  test('a program that dies between acknowledgement and commit goes on behind its last outcome', async () => {
    const dataDir = temporaryFolder();
    const death = [{ point: 'outcomes-acknowledged', nth: 4, how: 'process' as const }];
    const first = startCrashing(`${LOAD}; sleep 5m`, death, { dataDir });
    expect((await first.ended).signal).toBe('SIGKILL');
    const second = startProgram(STAY, { dataDir });
    expect(await judge(second)).toMatchObject({ redelivered: 0 });
    expect(aheadOfCommit(second.lines)).toBeGreaterThan(0);
  });
});

describe('a broker that dies', () => {
  test('after an append and before its acknowledgement comes back, and the copy of the batch is not appended', async () => {
    const death = [{ point: 'append-written', nth: 9, how: 'process' as const }];
    const program = startCrashing(`load 2k --rate 4k/s; ${STAY}`, death);
    const account = await judge(program);
    expect(account).toMatchObject({ total: 2_000, distinct: 2_000, redelivered: 0 });
    expect(eventsOf(program.lines, 'broker-stopped').length).toBe(1);
  });

  test('after it stored offsets and before it said so comes back with its groups: nobody joins again', async () => {
    const death = [{ point: 'groups.offsets-stored', nth: 3, how: 'process' as const }];
    const program = startCrashing(`load 2k --rate 4k/s; ${STAY}`, death);
    expect(await judge(program)).toMatchObject({ distinct: 2_000 });
    expect(eventsOf(program.lines, 'broker-stopped').length).toBe(1);
    const joins = eventsOf(program.lines, 'group-joined').map(({ slot, generation }) => `${slot} ${generation}`);
    expect(joins.toSorted()).toEqual(['analytics/1 1', 'inventory/1 1']);
  });
});
