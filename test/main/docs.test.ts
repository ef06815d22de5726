import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { docs, withTables } from '../../src/main/docs.ts';

test.each(Object.entries(docs()))('%s says what the tables say (else: npm run docs)', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('the tables of the README are what the tables say (else: npm run docs)', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toBe(withTables(readme));
});

test('a marked table is written anew, and the rest of a page is left alone', () => {
  const page = withTables('before\n<!-- keys -->\nstale\n<!-- /keys -->\nafter');
  expect(page).toMatch(/^before\n<!-- keys -->\n\| keys \|/);
  expect(page).toMatch(/\n<!-- \/keys -->\nafter$/);
  expect(page).not.toContain('stale');
});
