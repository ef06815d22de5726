import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Message, type PartitionBatch, sizeBatch, writeBatch } from '../../../src/kafka/fixes/record-batch.ts';
import { decodeBatches } from '../../../src/kafka/wire/record-batches.ts';
import { message } from '../fixes/arbitraries.ts';
import { stock } from '../stock.ts';

type StockRecord = {
  offset: string;
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, Buffer | Buffer[]>;
};
type Decoder = object;
const StockDecoder = stock<new (bytes: Buffer) => Decoder>('kafkajs/src/protocol/decoder');
const decodeStock = stock<(decoder: Decoder) => Promise<{ records: StockRecord[] }>>(
  'kafkajs/src/protocol/recordBatch/v0/decoder',
);

const NOW = 1_760_000_000_000;
const PLAIN = { producerId: -1n, producerEpoch: -1, firstSequence: -1, transactional: false };

/** A batch as the log would hold it from `base` on. */
function batchAt(base: number, messages: Message[], batch: Partial<PartitionBatch> = {}): Buffer {
  const sized = sizeBatch({ ...PLAIN, ...batch, messages }, NOW);
  const bytes = Buffer.alloc(sized.size);
  writeBatch(bytes, 0, sized);
  bytes.writeBigInt64BE(BigInt(base), 0);
  return bytes;
}

/** The end of a transaction: a control batch with one record that is 0 (abort) or 1 (commit). */
function controlAt(base: number, producerId: bigint, type: 0 | 1): Buffer {
  const key = Buffer.from([0, 0, 0, type]);
  const bytes = batchAt(base, [{ key, value: Buffer.alloc(6) }], { producerId, transactional: true });
  bytes.writeInt16BE(0x30, 21);
  return bytes;
}

const values = (records: { value: Buffer | null }[]) => records.map(({ value }) => value?.toString());

describe('decoding of record batches', () => {
  test('any batch reads as kafkajs reads it', async () => {
    const base = fc.nat({ max: 2 ** 52 });
    await fc.assert(
      fc.asyncProperty(base, fc.array(message, { minLength: 1, maxLength: 10 }), async (offset, messages) => {
        const bytes = batchAt(offset, messages);
        const { records, next } = await decodeBatches(bytes, offset);
        const { records: expected } = await decodeStock(new StockDecoder(bytes));
        expect(next).toBe(offset + messages.length);
        expect(records.map((each) => [String(each.offset), String(each.timestamp)])).toEqual(
          expected.map((each) => [each.offset, each.timestamp]),
        );
        expect(records.map(({ key, value }) => [key, value])).toEqual(expected.map(({ key, value }) => [key, value]));
        records.forEach(({ headers }, i) => {
          for (const [name, value] of Object.entries(expected[i]?.headers ?? {})) {
            // kafkajs takes a header called toString for one that it has seen before.
            if (name in Object.prototype) continue;
            const own = headers.filter((header) => header.name === name).map((header) => header.value);
            expect(own).toEqual([value].flat());
          }
        });
      }),
    );
  });

  test('records below the asked offset are left out, and a cut batch waits for the next fetch', async () => {
    const two = [{ value: 'a' }, { value: 'b' }];
    const bytes = Buffer.concat([batchAt(10, two), batchAt(12, [{ value: 'c' }]), batchAt(13, two).subarray(0, 70)]);
    const { records, next } = await decodeBatches(bytes, 11);
    expect(values(records)).toEqual(['b', 'c']);
    expect(next).toBe(13);
  });

  test('gaps of the log are kept in the offsets and passed over at the end', async () => {
    const holed = batchAt(5, [{ value: 'a' }]);
    holed.writeInt32BE(9, 23);
    const { records, next } = await decodeBatches(holed, 5);
    expect(records.map(({ offset }) => offset)).toEqual([5]);
    expect(next).toBe(15);
  });

  test('a topic that stamps the time of appending gives that time to all records', async () => {
    const bytes = batchAt(0, [
      { value: 'a', timestamp: NOW },
      { value: 'b', timestamp: NOW + 5 },
    ]);
    bytes.writeInt16BE(0x08, 21);
    const { records } = await decodeBatches(bytes, 0);
    expect(records.map(({ timestamp }) => timestamp)).toEqual([NOW + 5, NOW + 5]);
  });

  test('a gzip batch is unpacked', async () => {
    const plain = batchAt(3, [{ key: 'k', value: 'v' }]);
    const bytes = Buffer.concat([plain.subarray(0, 61), gzipSync(plain.subarray(61))]);
    bytes.writeInt32BE(bytes.length - 12, 8);
    bytes.writeInt16BE(1, 21);
    expect(values((await decodeBatches(bytes, 3)).records)).toEqual(['v']);
  });

  test('a compression that kafkajs has no codec for is refused by name', async () => {
    const bytes = batchAt(0, [{ value: 'v' }]);
    bytes.writeInt16BE(3, 21);
    await expect(decodeBatches(bytes, 0)).rejects.toThrow('LZ4');
  });

  test('aborted transactions and control records are left out, committed ones and strangers are kept', async () => {
    const transactional = { producerId: 7n, transactional: true };
    const bytes = Buffer.concat([
      batchAt(0, [{ value: 'committed' }], transactional),
      controlAt(1, 7n, 1),
      batchAt(2, [{ value: 'aborted' }], transactional),
      batchAt(3, [{ value: 'stranger' }]),
      controlAt(4, 7n, 0),
      batchAt(5, [{ value: 'later' }], transactional),
      controlAt(6, 7n, 1),
    ]);
    const { records, next } = await decodeBatches(bytes, 0, [{ producerId: 7n, firstOffset: 2 }]);
    expect(values(records)).toEqual(['committed', 'stranger', 'later']);
    expect(next).toBe(7);
  });

  test('records older than message format 2 are refused with a sentence', async () => {
    const bytes = batchAt(0, [{ value: 'v' }]);
    bytes[16] = 1;
    await expect(decodeBatches(bytes, 0)).rejects.toThrow('older than Kafka 0.11');
  });
});
