import { test } from 'vitest';
import { expectExit, runProgram } from '../rig/program.ts';

// These end only if every thread lets go of connections that the broker cut: one that does not spins for ever.
test('a broker that was stopped and started again is found again, and the program ends', async () => {
  const script =
    'load 100; wait idle; broker stop; wait event cluster-lost; broker start; load 100; wait idle; expect total_reservations == 200';
  expectExit(await runProgram(script, { args: ['--fresh'] }));
});

test('a broker that was killed comes back by itself, and nothing acknowledged is lost', async () => {
  const script =
    'load 500; broker kill; wait event broker-started; load 500; wait idle; expect total_reservations == 1000';
  expectExit(await runProgram(script, { args: ['--fresh'] }));
});

test('a program whose broker stays away still closes', async () => {
  expectExit(await runProgram('load 100; wait idle; broker stop; wait event cluster-lost', { args: ['--fresh'] }));
});
