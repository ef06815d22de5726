import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultOfCode, KafkaFault } from '../../../src/kafka/errors.ts';
import type { Cluster } from '../../../src/kafka/wire/kafkajs.ts';
import { createLink } from '../../../src/kafka/wire/link.ts';
import { startBroker, type TestBroker } from '../broker.ts';

const NOT_LEADER = 6;
const NOT_VALID = 42;

describe('link', () => {
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.close());

  /** Runs a task that fails with these codes, one after the other, and tells which clusters it was given. */
  async function clustersFor(codes: number[]): Promise<Cluster[]> {
    const link = createLink(broker.connection);
    const given: Cluster[] = [];
    const fail = async (cluster: Cluster) => {
      given.push(cluster);
      const code = codes.shift();
      if (code !== undefined) throw new KafkaFault(faultOfCode(code));
    };
    await link.run(fail).finally(link.close);
    return given;
  }

  test('after a fault that may pass, the task runs again on fresh metadata', async () => {
    const [first, second] = await clustersFor([NOT_LEADER]);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
  });

  test('a fault that will not pass is told at once', async () => {
    await expect(clustersFor([NOT_VALID])).rejects.toMatchObject({ name: 'INVALID_REQUEST' });
  });

  test('calls that succeed share one cluster', async () => {
    const link = createLink(broker.connection);
    const same = await Promise.all([link.run(async (cluster) => cluster), link.run(async (cluster) => cluster)]);
    expect(same[0]).toBe(same[1]);
    expect(await link.run(async (cluster) => cluster)).toBe(same[0]);
    link.close();
  });

  test('a task that never ends is given up at the deadline', async () => {
    const link = createLink(broker.connection);
    const never = link.use('waiting', () => new Promise(() => undefined), { deadlineMs: 50 });
    await expect(never).rejects.toThrow('waiting: the broker did not answer in time');
    link.close();
  });

  test('mistakes in a task pass as they are', async () => {
    const link = createLink(broker.connection);
    const mistaken = link.use('waiting', async () => {
      throw new TypeError('a mistake of ours');
    });
    await expect(mistaken).rejects.toBeInstanceOf(TypeError);
    link.close();
  });
});
