import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFrames, encodeFrame } from '../../../src/broker/journal/frame.ts';

const payloads = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 });

describe('frames', () => {
  test('what was written is read, whatever it says', () => {
    fc.assert(
      fc.property(payloads, (texts) => {
        const bytes = Buffer.concat(texts.map((text) => encodeFrame(1, text)));
        expect(decodeFrames(bytes, 1)).toEqual({ payloads: texts, goodBytes: bytes.length });
      }),
    );
  });

  test('a cut anywhere loses only the frame it falls in and those after it', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (texts, at) => {
        const frames = texts.map((text) => encodeFrame(1, text));
        const bytes = Buffer.concat(frames);
        const cut = at % (bytes.length + 1);
        const { payloads: read, goodBytes } = decodeFrames(bytes.subarray(0, cut), 1);
        expect(read).toEqual(texts.slice(0, read.length));
        expect(goodBytes).toBe(Buffer.concat(frames.slice(0, read.length)).length);
        expect(cut - goodBytes).toBeLessThan(frames[read.length]?.length ?? 1);
      }),
    );
  });

  test('a flipped bit is noticed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), (text, where) => {
        const frame = encodeFrame(1, text);
        const bit = where % (frame.length * 8);
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeFrames(frame, 1).payloads).toEqual([]);
      }),
    );
  });

  test('a later version is refused', () => {
    expect(() => decodeFrames(encodeFrame(2, ''), 1)).toThrow('format 2 is newer than 1');
  });
});
