import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/doctor/check.ts';
import { printResult, printSum, wrap } from '../../src/doctor/print.ts';
import { redactor } from '../../src/doctor/secrets.ts';
import { bytes, harmless, list, took } from '../../src/doctor/words.ts';

const result = (more: Partial<Result>): Result => ({
  part: 'p',
  name: 'tcp',
  blames: 'machine',
  level: 'ok',
  found: 'connected',
  ms: 1,
  ...more,
});
const page = { color: false, ascii: false, nameWidth: 10 };

describe('a line of doctor', () => {
  test('begins with a word for its level, and what to do stands below', () => {
    const lines = (['ok', 'warn', 'fail', 'skipped'] as const).flatMap((level) =>
      printResult(result({ level, ...(level === 'fail' ? { fix: 'start it' } : {}) }), page),
    );
    expect(lines).toEqual([
      'ok    tcp         connected',
      'warn  tcp         connected',
      'FAIL  tcp         connected',
      '                  → start it',
      'skip  tcp         connected',
    ]);
  });

  test('keeps its columns on a narrow terminal, and takes words apart nowhere', () => {
    const found = 'the cluster sends us where we cannot get: broker 1 at kafka:9092';
    expect(
      printResult(result({ found, fix: 'set advertised.listeners of the broker' }), { ...page, columns: 50 }),
    ).toEqual([
      'ok    tcp         the cluster sends us where we',
      '                  cannot get: broker 1 at',
      '                  kafka:9092',
      '                  → set advertised.listeners of',
      '                    the broker',
    ]);
  });

  test('does without Unicode where a terminal has none', () => {
    const lines = printResult(result({ found: '80×24, ± 2 ms', fix: 'look' }), { ...page, ascii: true });
    expect(lines.join()).toBe('ok    tcp         80x24, +/- 2 ms,                  -> look');
  });

  test('colours its first word only, which says the same', () => {
    const [line = ''] = printResult(result({ level: 'warn' }), { ...page, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for.
    expect(line).toMatch(/^\u001b\[33mwarn\u001b\[39m {2}tcp/);
  });

  test('loses nothing by being wrapped, and is no wider than it may be', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (given, width) => {
        const lines = wrap(given.join(' '), width);
        expect(lines.join(' ')).toBe(given.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('the sum names what there is, and nothing else', () => {
  const levels = (...of: Result['level'][]) => of.map((level) => ({ level }));
  expect(printSum(levels('ok', 'ok'), 1234)).toBe('2 ok, in 1.2 s');
  expect(printSum(levels('ok', 'warn', 'fail', 'skipped'), 0)).toBe('1 ok, 1 warning, 1 failed, 1 skipped, in 0.0 s');
});

test('secrets are taken out of whatever says them, and names are left in', () => {
  const clean = redactor({
    ssl: { key: 'PRIVATE', ca: 'public', passphrase: 'open sesame' },
    sasl: { mechanism: 'plain', username: 'lunch', password: 'hunter22' },
  });
  expect(clean('lunch hunter22 PRIVATE public open sesame')).toBe('lunch *** *** public ***');
  const endpoint = { url: 'https://id', clientId: 'me', clientSecret: 'deeply' };
  expect(redactor({ sasl: { mechanism: 'oauthbearer', endpoint } })('https://id me deeply')).toBe('https://id me ***');
});

test('words', () => {
  expect([0.42, 12, 3_400].map(took)).toEqual(['0.4 ms', '12 ms', '3.4 s']);
  expect([512, 1_536, 20 * 1024 ** 3].map(bytes)).toEqual(['512 B', '1.5 KiB', '20 GiB']);
  expect(list(['a'])).toBe('a');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(list(['a', 'b', 'c', 'd'], 3)).toBe('a, b and 2 more');
  expect(harmless('kafka\u001b[2J\n')).toBe('kafka?[2J?');
});
