import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanes, hashBytes } from '../../src/orders/hash.ts';
import { hashText, toHex } from '../../src/orders/ids.ts';

function hashHex(text: string): string {
  const lanes = createLanes();
  hashText(text, lanes);
  return toHex(lanes);
}

/** From another implementation of MurmurHash3_x86_128 (mmh3 for Python, seed 0). */
const KNOWN: [string, string][] = [
  ['', '00000000000000000000000000000000'],
  ['burrito', 'e7ea56e192e1b6d185c6c26c85c6c26c'],
  ['o-00000000', 'c979d763de192acf289874bd60c26b73'],
  ['The quick brown fox jumps over the lazy dog', '2f1583c3ecee2c675d7bf66ce5e91d2c'],
  ['ééééé', '1d1cc016e898fe0737810dd36cd6da74'],
  ['x'.repeat(256), '4431fb9b99b2739f2f579caebc200ac6'],
];

describe('hash', () => {
  test.each(KNOWN)('gives what other implementations give for %j', (text, hex) => {
    expect(hashHex(text)).toBe(hex);
  });

  test('is the same for a text and for its bytes anywhere in a buffer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(20), (text, before) => {
        const bytes = Buffer.concat([Buffer.alloc(before, 7), Buffer.from(text), Buffer.alloc(5, 9)]);
        const lanes = createLanes();
        hashBytes(bytes, before, bytes.length - 5, lanes);
        expect(toHex(lanes)).toBe(hashHex(text));
      }),
    );
  });

  test('keeps apart texts that differ in a lone surrogate only', () => {
    expect(hashHex('a\ud800')).not.toBe(hashHex('a\ud801'));
  });
});
