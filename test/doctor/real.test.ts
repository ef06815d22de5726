import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../rig/folder.ts';
import { whyNoKafka } from '../rig/java.ts';
import { type RealKafka, startKafka } from '../rig/kafka.ts';
import { type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';
import { connectAdmin } from '../rig/stock-client.ts';
import { run } from '../script/launch.ts';

const reason = whyNoKafka();
const why = reason ? `, skipped because ${reason}` : '';

type Line = { type: string; part: string; name: string; level: string; found: string; fix: string; data: object };

/** What doctor says of the cluster behind these options, by the names of its checks. */
async function examine(brokers: string, args: string[] = []) {
  const given = ['doctor', '--brokers', brokers, '--data-dir', temporaryFolder(), '--json', ...args];
  const { code, stdout } = await run(...given);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const checks = lines.filter(({ part }) => part === 'cluster' || part === brokers);
  return { code, stdout, checks: Object.fromEntries(checks.map((line) => [line.name, line])) };
}

describe.skipIf(reason)(`doctor on a real Apache Kafka${why}`, () => {
  let kafka: RealKafka;
  beforeAll(async () => {
    kafka = await startKafka(1);
  }, 120_000);
  afterAll(() => kafka?.close());

  test('finds an empty one well, compares clocks, and creates nothing, not even the topic of offsets', async () => {
    const address = kafka.addresses[0] ?? '';
    for (let again = 0; again < 2; again++) {
      const { code, checks } = await examine(address);
      expect(code).toBe(0);
      expect(checks['clocks']?.data).toMatchObject({ comparedWith: 'the leading controller' });
      expect(checks['versions']?.found).toContain('like Apache Kafka 4.1 or later');
      expect(checks['inventory']?.found).toBe('nobody has used it yet');
    }
    expect(await (await connectAdmin(address)).listTopics()).toEqual([]);
  });

  test('sees topics, settings and groups of a pipeline that has run', async () => {
    const address = kafka.addresses[0] ?? '';
    const ran = await run('--brokers', address, '--data-dir', temporaryFolder(), '-e', 'load 500; wait idle');
    expect(ran.code).toBe(0);
    const { code, checks } = await examine(address);
    expect(code).toBe(0);
    expect(checks).toMatchObject({
      topics: { level: 'ok', found: 'orders, inventory-events and orders-dlt are there, 3 partitions each' },
      retention: { level: 'ok', found: 'orders are kept 7 days, outcomes as long' },
      permissions: { level: 'ok', found: 'all that we need is allowed' },
      inventory: { level: 'ok', data: { state: 'Empty', lag: 0 } },
      analytics: { level: 'ok', data: { state: 'Empty', lag: 0 } },
    });
  });
});

describe.skipIf(reason)(`doctor on a secured Apache Kafka${why}`, () => {
  let kafka: SecureKafka;
  const at = () => kafka.addresses[0] ?? '';
  beforeAll(async () => {
    kafka = await startSecureKafka({ nodes: 1 });
  }, 120_000);
  afterAll(() => kafka?.close());

  test('finds all well for a user who may what a pipeline needs, and tells no secret', async () => {
    const { code, stdout, checks } = await examine(at(), ['--command-config', kafka.propertiesOf(USERS.lunch)]);
    expect(checks).toMatchObject({
      tls: { level: 'ok', data: { subject: 'broker', issuer: 'Lunchrush test authority' } },
      sasl: { level: 'ok', found: expect.stringContaining('SCRAM-SHA-512 is offered, and ') },
      'log-in': { level: 'ok', found: expect.stringContaining('let in as lunch') },
      permissions: { level: 'ok' },
    });
    expect(code).toBe(0);
    expect(stdout).not.toContain(USERS.lunch.password);
  });

  test('names the permissions that a user lacks', async () => {
    const reader = await examine(at(), ['--command-config', kafka.propertiesOf(USERS.reader)]);
    expect(reader.code).toBe(3);
    expect(reader.checks['permissions']).toMatchObject({ level: 'fail' });
    expect(reader.checks['permissions']?.found).toContain('Write on Topic orders');
    const nobody = await examine(at(), ['--command-config', kafka.propertiesOf(USERS.nobody)]);
    expect(nobody.checks['topics']).toMatchObject({
      level: 'fail',
      found: expect.stringContaining('may not even see'),
    });
  });

  test.each<[string, () => string[], string, string]>([
    [
      'a wrong password',
      () => ['--command-config', kafka.propertiesOf({ name: 'lunch', password: 'wrong one' })],
      'log-in',
      'password',
    ],
    ['plain text at a port of TLS', () => [], 'versions', 'the port speaks TLS'],
    ['an authority that is not named', () => ['--tls'], 'tls', 'certificate broker by'],
    ['no user', () => ['--tls-ca', kafka.caFile], 'sasl', 'a log-in is asked for, by '],
  ])('says which step fails for %s', async (_, given, name, found) => {
    const { code, stdout, checks } = await examine(at(), given());
    expect(code).toBe(3);
    expect(checks[name]).toMatchObject({ level: 'fail', found: expect.stringContaining(found) });
    expect(stdout).not.toContain('wrong one');
  });

  test('says that a certificate is demanded, and takes one', async () => {
    const [address = ''] = kafka.certificateAddresses;
    const without = await examine(address, ['--tls-ca', kafka.caFile]);
    expect(without.code).toBe(3);
    expect(without.checks['versions']).toMatchObject({ level: 'fail', fix: expect.stringContaining('--tls-cert') });
    const { cert, key } = kafka.certificateOf('lunch');
    const [certFile, keyFile] = [join(kafka.folder, 'lunch.pem'), join(kafka.folder, 'lunch.key')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    const files = ['--tls-cert', certFile, '--tls-key', keyFile];
    const { code, checks } = await examine(address, ['--tls-ca', kafka.caFile, ...files]);
    expect(checks['log-in']).toMatchObject({ level: 'ok', found: expect.stringContaining('by certificate') });
    expect(code).toBe(0);
  });
});
