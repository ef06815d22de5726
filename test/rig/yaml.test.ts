import { expect, test } from 'vitest';
import { parseYaml } from './yaml.ts';

test('maps, lists, quotes, blocks, anchors and merges are read, scalars as texts', () => {
  const text = `# a comment
base: &base
  image: a/b:1.2   
  list: [x, "y, z"]
more:
  <<: *base
  image: other # nothing
`;
  expect(() => parseYaml(text)).toThrow('line 7: put in quotes');
  expect(parseYaml(text.replace(' # nothing', ''))).toEqual({
    base: { image: 'a/b:1.2', list: ['x', 'y, z'] },
    more: { image: 'other', list: ['x', 'y, z'] },
  });
  const block = 'rules:\n  - name: a\n    expr: |\n      one\n        two\n\n    for: 5m\n  - b\nempty:\n';
  expect(parseYaml(block)).toEqual({ rules: [{ name: 'a', expr: 'one\n  two\n', for: '5m' }, 'b'], empty: '' });
});

test.each([
  ['a: 1\na: 2', 'line 2: a twice'],
  ['a: *b', 'line 1: nothing is named *b'],
  ['a: b: c', 'line 1: put in quotes: b: c'],
  ['a: 1\n  b: 2', 'line 2: not expected here: b: 2'],
  ['a:\n  - 1\n b: 2', 'line 3: not expected here: b: 2'],
  ['just words', 'line 1: not a key: just words'],
])('%j is refused', (text, reason) => {
  expect(() => parseYaml(text)).toThrow(reason);
});
