import { expect, test } from 'vitest';
import { nameFault } from '../../../src/broker/topics/topic-name.ts';

test.each(['orders', 'a', 'A.b_c-9', '...', 'x'.repeat(249)])('%s is a name', (name) => {
  expect(nameFault(name, [])).toBeUndefined();
});

test.each(['', '.', '..', 'a b', 'a/b', 'é', 'x'.repeat(250)])('"%s" is none, and a sentence says why', (name) => {
  expect(nameFault(name, [])).toMatch(/name/);
});

test('names that differ in dots and underscores alone collide', () => {
  expect(nameFault('a.b', ['a_b'])).toContain('collides');
  expect(nameFault('a.b', ['a.b', 'a-b'])).toBeUndefined();
});
