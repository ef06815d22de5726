import { describe, expect, onTestFinished, test } from 'vitest';
import { logIn } from '../../../src/doctor/address/log-in.ts';
import { askVersions } from '../../../src/doctor/address/versions.ts';
import { reachAdvertised } from '../../../src/doctor/cluster/advertised.ts';
import { clusterOf } from '../../../src/doctor/cluster/cluster.ts';
import { startBroker } from '../../broker/start-broker.ts';
import { freePort } from '../../rig/free-port.ts';
import { entryOf, unhurried } from '../address/servers.ts';
import { NAMES, seenOf } from './seen.ts';

/** A cluster that is entered through an embedded broker, and says that its brokers are elsewhere. */
async function sayingThatItIsAt(...places: { host: string; port: number }[]) {
  const entry = entryOf((await startBroker()).port);
  await askVersions(entry, unhurried);
  await logIn(entry, unhurried);
  const known = clusterOf({ entries: [entry], connection: entry.connection, names: NAMES, now: Date.now });
  onTestFinished(() => known.close());
  known.seen = seenOf({ brokers: places.map((place, i) => ({ id: i + 1, ...place })) });
  return known;
}

describe('addresses that a cluster advertises', () => {
  test('are well where each of them answers', async () => {
    const { port } = await startBroker();
    const known = await sayingThatItIsAt({ host: '127.0.0.1', port }, { host: 'localhost', port });
    const found = expect.stringContaining(`2 brokers reached where they say: 1 at 127.0.0.1:${port}`);
    expect(await reachAdvertised(known, unhurried)).toMatchObject({ level: 'ok', found });
  });

  test('are named where they cannot be reached, as names of a network of containers', async () => {
    const port = await freePort();
    const known = await sayingThatItIsAt({ host: 'kafka.invalid', port: 9092 }, { host: '127.0.0.1', port });
    const finding = await reachAdvertised(known, unhurried);
    expect(finding).toMatchObject({ level: 'fail', fix: expect.stringContaining('advertised.listeners') });
    expect(finding.found).toContain('broker 1 at kafka.invalid:9092 (the name');
    expect(finding.found).toContain(`broker 2 at 127.0.0.1:${port} (nothing listens there)`);
  });

  test('that mean this very machine are suspicious where the cluster is on another one', async () => {
    const { port } = await startBroker();
    const known = await sayingThatItIsAt({ host: 'localhost', port });
    const entries = known.entries.map((entry) => ({
      ...entry,
      address: { host: 'far', port: 1 },
      found: ['10.0.0.1'],
    }));
    const finding = await reachAdvertised({ ...known, entries }, unhurried);
    expect(finding).toMatchObject({ level: 'warn', found: expect.stringContaining('this very machine') });
  });
});
