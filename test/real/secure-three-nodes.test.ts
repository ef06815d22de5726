import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoKafka } from '../rig/java.ts';
import { type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';
import { startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

const reason = whyNoKafka();

describe.skipIf(reason)(`on three nodes with TLS and users${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: SecureKafka;

  beforeAll(async () => {
    kafka = await startSecureKafka({ nodes: 3, reauthMs: 4_000 });
  }, 180_000);
  afterAll(() => kafka?.close());

  test('one node killed in the middle of a load, while sessions end all the time, loses no order and doubles none', async () => {
    const load = 'load 10k --rate 700/s --duplicates 1% --malformed 0.5% --background';
    const program = startProgram(`${load}; wait total_reservations > 1500; say flowing; ${STAY}`, {
      args: [
        '--brokers',
        kafka.addresses.join(','),
        '--command-config',
        kafka.propertiesOf(USERS.lunch),
        '--workers',
        '3',
      ],
    });
    await program.said('flowing');
    await kafka.killNode(1);
    const account = await judge(program, kafka.openAddresses.toSpliced(1, 1));
    expect(account).toMatchObject({ distinct: 9_850, accepted: 9_850 });
    // A send in doubt is repeated: what was malformed may then be there twice, each with a letter of its own.
    expect(account.deadLetters).toBeGreaterThanOrEqual(50);
  }, 120_000);
});
