import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoKafka } from '../rig/java.ts';
import { type RealKafka, startKafka } from '../rig/kafka.ts';
import { startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

const reason = whyNoKafka();

describe.skipIf(reason)(`on three nodes of Apache Kafka${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: RealKafka;

  beforeAll(async () => {
    kafka = await startKafka(3);
  }, 180_000);
  afterAll(() => kafka?.close());

  test('one node killed in the middle of a load loses no order and doubles none', async () => {
    const load = 'load 10k --rate 1k/s --duplicates 1% --malformed 0.5% --background';
    const program = startProgram(`${load}; wait total_reservations > 1500; say flowing; ${STAY}`, {
      args: ['--brokers', kafka.addresses.join(',')],
    });
    await program.said('flowing');
    await kafka.killNode(1);
    const account = await judge(program, kafka.addresses.toSpliced(1, 1));
    expect(account).toMatchObject({ distinct: 9_850, accepted: 9_850 });
    // A send in doubt is repeated: what was malformed may then be there twice, each with a letter of its own.
    expect(account.deadLetters).toBeGreaterThanOrEqual(50);
  }, 120_000);
});
