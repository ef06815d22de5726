import { expect, test } from 'vitest';
import { freePort } from '../../rig/free-port.ts';
import { launchBroker } from './launching.ts';

test('brokers that start in the same moment share out the ports, and none gives up', async () => {
  const defaultPort = await freePort();
  const wish = { defaultPort, fallbackFrom: defaultPort + 1 };
  const brokers = await Promise.all([1, 2, 3, 4].map(() => launchBroker(wish)));
  const ports = new Set(brokers.map(({ address }) => address));
  expect(ports.size).toBe(4);
});
