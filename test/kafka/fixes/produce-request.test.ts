import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fc } from './arbitraries.ts';
import '../../../src/kafka/fixes/index.ts';
import type { ProduceArguments } from '../../../src/kafka/fixes/produce-request.ts';
import { stock } from '../stock.ts';
import { produceArguments } from './arbitraries.ts';

type Encoded = { buffer: Buffer };
type CreateRequest = (args: ProduceArguments) => { encode(): Promise<Encoded>; apiVersion: number };

const path = 'kafkajs/src/protocol/requests/produce/v7/request';
const ours = createRequire(import.meta.url)(path) as CreateRequest;
const stocks = stock<CreateRequest>(path);

const NOW = 1_760_000_000_000;

async function encodeBoth(args: ProduceArguments): Promise<[string, string]> {
  vi.spyOn(Date, 'now').mockReturnValue(NOW);
  const [mine, theirs] = [await ours(args).encode(), await stocks(args).encode()];
  return [mine.buffer.toString('hex'), theirs.buffer.toString('hex')];
}

function oneBatch(messages: ProduceArguments['topicData'][0]['partitions'][0]['messages']): ProduceArguments {
  return { acks: -1, timeout: 30_000, topicData: [{ topic: 'orders', partitions: [{ partition: 2, messages }] }] };
}

describe('produce request', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('the fixed encoder is the one that kafkajs uses', () => {
    expect(ours).not.toBe(stocks);
    expect(ours(oneBatch([])).encode.toString()).not.toBe(stocks(oneBatch([])).encode.toString());
  });

  test('any request is byte for byte what kafkajs would send', async () => {
    await fc.assert(
      fc.asyncProperty(produceArguments, async (args) => {
        const [mine, theirs] = await encodeBoth(args);
        expect(mine).toBe(theirs);
      }),
      { numRuns: 300 },
    );
  });

  test('null and missing keys and values are written as null', async () => {
    const timestamp = String(NOW);
    const [mine, theirs] = await encodeBoth(oneBatch([{ key: null, value: null, timestamp }, { timestamp }]));
    expect(mine).toBe(theirs);
  });

  test('a record without a time gets that of its encoding, in the batch and beside timed ones', async () => {
    const [mine, theirs] = await encodeBoth(oneBatch([{ value: 'a' }, { value: 'b', timestamp: NOW - 5 }]));
    expect(mine).toBe(theirs);
    const [alone, stockAlone] = await encodeBoth(oneBatch([{ value: 'a' }]));
    expect(alone).toBe(stockAlone);
  });

  test('idempotent and transactional batches carry their numbers', async () => {
    const args = { ...oneBatch([{ value: 'x', timestamp: NOW }]), producerId: '9007199254740993', producerEpoch: 7 };
    const [partition] = args.topicData[0]?.partitions ?? [];
    if (partition) partition.firstSequence = 2_000_000_000;
    const [mine, theirs] = await encodeBoth({ ...args, transactionalId: 'tx-ö' });
    expect(mine).toBe(theirs);
  });

  test('a compressed batch goes the stock way', async () => {
    const gzip = 1;
    const args = { ...oneBatch([{ value: 'x'.repeat(500), timestamp: NOW }]), compression: gzip };
    const [mine, theirs] = await encodeBoth(args);
    expect(mine).toBe(theirs);
    expect(mine.length).toBeLessThan(600);
  });

  test('times of different lengths are compared as numbers, where kafkajs compares text', async () => {
    const [mine, theirs] = await encodeBoth(
      oneBatch([
        { value: 'a', timestamp: 999 },
        { value: 'b', timestamp: 1_000 },
      ]),
    );
    expect(mine).not.toBe(theirs);
    const firstTimestamp = Buffer.from(mine, 'hex').indexOf(Buffer.from('00000000000003e7', 'hex'));
    expect(firstTimestamp).toBeGreaterThan(0);
  });
});
