import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameAssembler } from '../../../src/broker/net/frame-assembler.ts';
import { MalformedError } from '../../../src/broker/protocol/malformed.ts';

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

describe('frames', () => {
  test('any cut of the bytes gives the same frames', () => {
    const bodies = fc.array(fc.uint8Array({ minLength: 8, maxLength: 200 }), { minLength: 1, maxLength: 8 });
    const property = fc.property(bodies, fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (all, cuts) => {
      const frames = new FrameAssembler(1000, (_, granted) => granted());
      const bytes = Buffer.concat(all.map(framed));
      const found: Buffer[] = [];
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = cuts[i % cuts.length] as number;
        frames.push(bytes.subarray(at, at + size));
        at += size;
        for (let frame = frames.next(); frame; frame = frames.next()) found.push(Buffer.from(frame));
      }
      expect(found).toEqual(all.map((body) => Buffer.from(body)));
      expect(frames.isWithinFrame).toBe(false);
    });
    fc.assert(property);
  });

  test('a frame in one piece is a view, not a copy', () => {
    const frames = new FrameAssembler(1000, () => {
      throw new Error('nothing to admit');
    });
    const bytes = framed(Buffer.alloc(100));
    frames.push(bytes);
    expect(frames.next()?.buffer).toBe(bytes.buffer);
  });

  test('an announced frame takes no memory before it is admitted', () => {
    let admit = () => {};
    const frames = new FrameAssembler(1000, (_, granted) => {
      admit = granted;
    });
    frames.push(framed(Buffer.alloc(900)).subarray(0, 500));
    expect(frames.next()).toBeUndefined();
    expect(frames.isWaiting).toBe(true);
    frames.push(Buffer.alloc(404));
    expect(frames.next()).toBeUndefined();
    admit();
    expect(frames.next()).toHaveLength(900);
  });

  test.each([-1, 0, 7, 1001, 2 ** 31 - 1])('a length of %i is refused', (length) => {
    const frames = new FrameAssembler(1000, (_, granted) => granted());
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(length);
    frames.push(bytes);
    expect(() => frames.next()).toThrow(MalformedError);
  });
});
