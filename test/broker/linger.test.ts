import { beforeEach, describe, expect, test } from 'vitest';
import { createLinger } from '../../src/broker/linger.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

let clock: FakeClock;
let ends: string[];
beforeEach(() => {
  clock = createFakeClock();
  ends = [];
});
const linger = () => createLinger(clock, (why) => ends.push(why));

describe('a broker that belongs to its consoles', () => {
  test('ends when nobody attaches within 10 s', () => {
    linger();
    clock.advance(9_999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(ends).toEqual(['nobody attached']);
  });

  test('stays while a console is attached', () => {
    linger().attachedChanged(1, false);
    clock.advance(3_600_000);
    expect(ends).toEqual([]);
  });

  test('ends a second after the last console broke off', () => {
    const life = linger();
    life.attachedChanged(1, false);
    life.attachedChanged(0, false);
    clock.advance(999);
    expect(ends).toEqual([]);
    clock.advance(1);
    expect(ends).toEqual(['the last console has gone']);
  });

  test('stays when a console comes back within that second', () => {
    const life = linger();
    life.attachedChanged(1, false);
    life.attachedChanged(0, false);
    clock.advance(900);
    life.attachedChanged(1, false);
    clock.advance(60_000);
    expect(ends).toEqual([]);
  });

  test('ends at once when the last console said goodbye', () => {
    const life = linger();
    life.attachedChanged(1, false);
    life.attachedChanged(0, true);
    clock.advance(0);
    expect(ends).toEqual(['the last console has gone']);
  });
});
