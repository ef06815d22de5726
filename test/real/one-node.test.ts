import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeGroup, whyNoKafka } from '../rig/java.ts';
import { type RealKafka, startKafka } from '../rig/kafka.ts';
import { expectExit, resultOf, runProgram, startProgram } from '../rig/program.ts';
import { judge, STAY } from '../rig/verdict.ts';

const reason = whyNoKafka();

type PartitionLag = { topic: string; partition: number; committed: number; high: number; lag: number };

/** What the command `lag` says of a group, in the words and order of Kafka's tool. */
function asTool(groups: { groupId: string; partitions: PartitionLag[] }[], groupId: string) {
  const partitions = groups.find((group) => group.groupId === groupId)?.partitions ?? [];
  return partitions
    .map(({ topic, partition, committed: current, high: end, lag }) => ({ topic, partition, current, end, lag }))
    .toSorted((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}

describe.skipIf(reason)(`on a real Apache Kafka${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: RealKafka;
  const at = (prefix: string) => ['--brokers', kafka.addresses.join(','), '--prefix', prefix];

  beforeAll(async () => {
    kafka = await startKafka(1);
  }, 120_000);
  afterAll(() => kafka?.close());

  test.each([
    'load 10k; wait idle; expect total_orders == 10000 and total_reservations == 10000',
    'fail-rate 30%; load 2k; wait idle; expect failure_rate > 26% and failure_rate < 34%',
    'throttle 20ms; load 1k --background; sleep 3s; expect lag.inventory > 0; throttle 0ms; wait idle; expect lag == 0',
    'load 2k; wait idle; replay analytics --yes; expect lag == 0 and total_orders == 2000',
  ])('%s', async (script) => {
    expectExit(await runProgram(script, { args: at(`${script.split(' ')[0]}-${script.length}-`) }));
  });

  test('three workers killed in a load of 20,000: 19,700 orders, one outcome each, and 100 dead letters', async () => {
    const kill = 'wait workers.inventory == 1; kill inventory/1';
    const load = 'load 20k --rate 2k/s --duplicates 1% --malformed 0.5% --background';
    const program = startProgram([load, 'wait total_reservations > 300', kill, kill, kill, STAY].join('; '), {
      args: at('kills-'),
    });
    const account = await judge(program, kafka.addresses, 'kills-');
    expect(account).toMatchObject({ total: 19_900, distinct: 19_700, accepted: 19_700, deadLetters: 100 });
  });

  test('lag is what ConsumerGroupCommand says of paused groups', async () => {
    const script = 'load 1k; wait idle; pause inventory; pause analytics; load 700; lag; say paused; sleep 5m';
    const program = startProgram(script, { args: at('lag-') });
    await program.said('paused');
    const groups = resultOf(program.lines, 'lag') as never;
    for (const group of ['lag-inventory-service-group', 'lag-analytics-group']) {
      const tool = await describeGroup(kafka.addresses.join(','), group);
      expect(asTool(groups, group)).toEqual(tool);
      expect(tool.reduce((sum, { lag }) => sum + lag, 0)).toBe(700);
    }
    program.kill('SIGTERM');
    expectExit(await program.ended, 143);
  });

  test('a replay is seen by ConsumerGroupCommand as rewound offsets, which return', async () => {
    const script = 'load 1k; wait idle; pause analytics; replay analytics --yes';
    const program = startProgram(script, { args: at('replay-') });
    await program.event('replay-rewound');
    const rewound = await describeGroup(kafka.addresses.join(','), 'replay-analytics-group');
    expect(rewound.reduce((sum, { lag }) => sum + lag, 0)).toBe(2_000);
    program.kill('SIGKILL');
    await program.ended;

    const again = startProgram(STAY, { args: at('replay-'), dataDir: program.dataDir });
    await again.event('replay-identical');
    await again.said('done');
    const returned = await describeGroup(kafka.addresses.join(','), 'replay-analytics-group');
    expect(returned.map(({ lag }) => lag)).toEqual([0, 0, 0, 0, 0, 0]);
    await judge(again, kafka.addresses, 'replay-');
  });
});
