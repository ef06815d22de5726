import { expect, test } from 'vitest';
import { startBroker } from '../rig/broker.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { readTopics } from '../rig/log.ts';
import { eventsOf, expectExit, runProgram } from '../rig/program.ts';
import { connectAdmin, connectProducer, orderMessage } from '../rig/stock-client.ts';

test('a recreated topic of orders under kept outcomes halts its partitions with a sentence each', async () => {
  const broker = await startBroker();
  const options = { args: ['--brokers', broker.address], dataDir: temporaryFolder() };
  expectExit(await runProgram('load 600; wait idle', options));
  const [before = []] = await readTopics([broker.address], ['inventory-events']);

  const admin = await connectAdmin(broker.address);
  await admin.deleteTopics({ topics: ['orders'] });
  await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 3 }] });
  const producer = await connectProducer(broker.address);
  const others = Array.from({ length: 1_000 }, (_, i) => orderMessage(`other-${i}`, 0));
  await producer.send({ topic: 'orders', messages: [...others, orderMessage('other-1000', 1)] });

  const end = await runProgram('wait idle --timeout 4s', options);
  expectExit(end, 1);
  const halts = eventsOf(end.lines, 'partition-halted') as unknown as { partition: number; reason: string }[];
  const reasons = halts.toSorted((a, b) => a.partition - b.partition).map(({ reason }) => reason);
  expect(reasons).toEqual([
    expect.stringMatching(/^the order at orders\/0@\d+ is not the one that its outcome names: orders was recreated/),
    expect.stringMatching(
      /^orders\/1 ends at 1, but inventory-events\/1 holds the outcome of offset \d+: orders was rec/,
    ),
    expect.stringMatching(
      /^orders\/2 ends at 0, but inventory-events\/2 holds the outcome of offset \d+: orders was rec/,
    ),
  ]);
  expect(end.stderr).toContain('orders/0 is halted at inventory/1: the order at orders/0@');
  const [after = []] = await readTopics([broker.address], ['inventory-events']);
  expect(after.map((records) => records.length)).toEqual(before.map((records) => records.length));
});
