import { describe, expect, test } from 'vitest';
import { readDeadLetter, toDeadLetter } from '../../src/kafka/dead-letters.ts';
import type { OutRecord } from '../../src/kafka/partition-producer.ts';
import type { ConsumedRecord } from '../../src/kafka/record.ts';

const record: ConsumedRecord = {
  offset: 41,
  timestamp: 1_700_000_000_000,
  key: Buffer.from('k'),
  value: Buffer.from([0xff, 0x00]),
  headers: [
    { name: 'trace', value: Buffer.from('abc') },
    { name: 'trace', value: Buffer.from('def') },
    { name: '__proto__', value: null },
  ],
};
const origin = { topic: 'orders', partition: 2, record, groupId: 'g', reason: 'NOT_JSON', sentence: 'no JSON: ÿ' };

/** What the log gives back for a record that was sent. */
function logged(headers: OutRecord['headers'] = {}): ConsumedRecord {
  return { ...record, headers: Object.entries(headers).map(([name, value]) => ({ name, value: Buffer.from(value) })) };
}

describe('dead letters', () => {
  test('key and value stay as they were, original headers are kept, and the time is that of the letter', () => {
    const letter = toDeadLetter(origin, 1_800_000_000_000);
    expect([letter.key, letter.value, letter.timestamp]).toEqual([record.key, record.value, 1_800_000_000_000]);
    expect(Object.entries(letter.headers ?? {}).slice(0, 2)).toEqual([
      ['trace', Buffer.from('def')],
      ['__proto__', ''],
    ]);
    expect(letter.headers).toMatchObject({ 'kafka_dlt-original-offset': '41', 'x-reason': 'NOT_JSON' });
  });

  test('what a letter says is read back', () => {
    expect(readDeadLetter(logged(toDeadLetter(origin, 0).headers))).toEqual({
      topic: 'orders',
      partition: 2,
      offset: 41,
      timestamp: 1_700_000_000_000,
      groupId: 'g',
      reason: 'NOT_JSON',
      sentence: 'no JSON: ÿ',
    });
  });

  test("Spring's own letters, with numbers as bytes, are read as well", () => {
    const partition = Buffer.alloc(4);
    partition.writeInt32BE(3);
    const offset = Buffer.alloc(8);
    offset.writeBigInt64BE(900n);
    const letter = readDeadLetter(
      logged({
        'kafka_dlt-original-topic': 'orders',
        'kafka_dlt-original-partition': partition,
        'kafka_dlt-original-offset': offset,
        'kafka_dlt-exception-fqcn': 'java.lang.IllegalStateException',
      }),
    );
    expect(letter).toMatchObject({
      partition: 3,
      offset: 900,
      timestamp: -1,
      reason: 'java.lang.IllegalStateException',
    });
  });

  test('a record without an origin is no dead letter', () => {
    expect(readDeadLetter(logged({ trace: 'abc' }))).toBeUndefined();
  });
});
