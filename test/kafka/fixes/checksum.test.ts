import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32c } from '../../../src/kafka/fixes/crc32c.ts';
import { sizeOfVarint, writeVarint } from '../../../src/kafka/fixes/varint.ts';
import { stock } from '../stock.ts';

const stockCrc = stock<(bytes: Buffer) => number>('kafkajs/src/protocol/recordBatch/crc32C');
type StockEncoder = { writeVarInt(value: number): { buffer: Buffer }; writeVarLong(value: number): { buffer: Buffer } };
const Encoder = stock<new () => StockEncoder>('kafkajs/src/protocol/encoder');

describe('crc32c', () => {
  test('the check value of the standard comes out', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  test('any bytes at any place give what kafkajs computes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (bytes, skip) => {
        const from = Math.min(skip, bytes.length);
        expect(crc32c(bytes, from)).toBe(stockCrc(Buffer.from(bytes.subarray(from))));
      }),
    );
  });
});

describe('varint', () => {
  const written = (value: number) => {
    const bytes = Buffer.alloc(10);
    return bytes.subarray(0, writeVarint(bytes, 0, value)).toString('hex');
  };

  test('any 32-bit number is written as kafkajs writes it', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(written(value)).toBe(new Encoder().writeVarInt(value).buffer.toString('hex'));
        expect(sizeOfVarint(value)).toBe(written(value).length / 2);
      }),
    );
  });

  test('any safe whole number is written as kafkajs writes a long', () => {
    const half = 2 ** 52 - 1;
    fc.assert(
      fc.property(fc.integer({ min: -half, max: half }), (value) => {
        expect(written(value)).toBe(new Encoder().writeVarLong(value).buffer.toString('hex'));
        expect(sizeOfVarint(value)).toBe(written(value).length / 2);
      }),
    );
  });
});
