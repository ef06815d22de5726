import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Checkpoints, type Digest } from '../../src/orders/checkpoints.ts';
import { createLanes, type Lanes } from '../../src/orders/hash.ts';
import { hashText } from '../../src/orders/ids.ts';

function lanesOf(id: number): Lanes {
  const lanes = createLanes();
  hashText(String(id), lanes);
  return lanes;
}

function digestBelow(offsets: number[], below: number): Digest {
  const plain = new Checkpoints();
  for (const offset of offsets.filter((one) => one < below)) plain.add(offset, lanesOf(offset), 'reserved');
  return plain.digest;
}

/** Offsets that rise by small steps, and now and then by a large gap. */
const rising = fc
  .array(fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 1, max: 100_000 })), {
    minLength: 1,
    maxLength: 3000,
    size: 'max',
  })
  .map((steps) => {
    let offset = -1;
    return steps.map((step) => (offset += step));
  });

describe('checkpoints', () => {
  test('tell the digest below any multiple of the stride, through gaps and every thinning', () => {
    fc.assert(
      fc.property(rising, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (offsets, picks) => {
        const checkpoints = new Checkpoints();
        for (const offset of offsets) checkpoints.add(offset, lanesOf(offset), 'reserved');
        expect(checkpoints.offsets().length).toBeLessThanOrEqual(512);
        for (const pick of picks) {
          const near = offsets[pick % offsets.length] as number;
          const multiple = near - (near % checkpoints.stride);
          expect(checkpoints.at(multiple)).toMatchObject(digestBelow(offsets, multiple));
        }
        expect(checkpoints.digest).toEqual(digestBelow(offsets, Number.POSITIVE_INFINITY));
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
    );
  });

  test('give a digest that hangs on ids and outcomes, not on their order', () => {
    const add = (into: Checkpoints, id: number, at: number, failed: boolean) =>
      into.add(at, lanesOf(id), failed ? 'failed' : 'reserved');
    const [one, other, changed, swapped] = Array.from({ length: 4 }, () => new Checkpoints()) as [
      Checkpoints,
      Checkpoints,
      Checkpoints,
      Checkpoints,
    ];
    for (let i = 0; i < 100; i++) {
      add(one, i, i, i % 3 === 0);
      add(other, 99 - i, i, (99 - i) % 3 === 0);
      add(changed, i, i, i % 3 === 0 || i === 50);
      add(swapped, i, i, i === 0 ? false : i % 3 === 0 || i === 1);
    }
    expect(other.digest).toEqual(one.digest);
    expect(changed.digest).not.toEqual(one.digest);
    expect(swapped.digest).not.toEqual(one.digest);
  });
});
