import { expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { startProgram } from '../rig/program.ts';
import { API, type Police, startProxy } from '../rig/proxy.ts';
import { judge, STAY } from '../rig/verdict.ts';

test('outcomes of a dead worker that arrive after its successor decided the same orders change nothing', async () => {
  const broker = await startBroker();
  const proxy = await startProxy(broker.port);
  onTestFinished(proxy.close);
  let holding = true;
  let held = 0;
  let release = () => {};
  const released = new Promise<'pass'>((resolve) => {
    release = () => resolve('pass');
  });
  const police: Police = ({ direction, apiKey, body }) => {
    const isOutcome = direction === 'request' && apiKey === API.produce && body.includes('inventory-events');
    if (!isOutcome || !holding) return 'pass';
    held += 1;
    return released;
  };
  proxy.police(police);

  const script = [
    'load 8k --rate 2k/s --background; wait lag.inventory > 600; say stuck',
    'kill inventory/1; say killed; wait total_reservations > 1200; say decided',
    `wait redelivered > 0; ${STAY}`,
  ].join('; ');
  const program = startProgram(script, { args: ['--brokers', proxy.address] });
  await program.said('stuck');
  holding = false;
  await program.said('decided');
  release();
  const account = await judge(program, [broker.address]);

  expect(held).toBeGreaterThan(0);
  expect(account).toMatchObject({ total: 8_000, distinct: 8_000, accepted: 8_000 });
  expect(account.redelivered).toBeGreaterThan(0);
});

test('acknowledgements that get lost make nothing appear twice', async () => {
  const broker = await startBroker();
  const proxy = await startProxy(broker.port);
  onTestFinished(proxy.close);
  let seen = 0;
  proxy.police(({ direction, apiKey }) => {
    if (direction === 'request' || apiKey !== API.produce) return 'pass';
    seen += 1;
    return seen % 7 === 0 ? 'cut' : 'pass';
  });
  const program = startProgram(`load 3k --rate 3k/s; ${STAY}`, { args: ['--brokers', proxy.address] });
  const account = await judge(program, [broker.address]);
  expect(seen).toBeGreaterThan(20);
  expect(account).toMatchObject({ total: 3_000, distinct: 3_000, accepted: 3_000, redelivered: 0 });
});
