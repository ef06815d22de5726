import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printCommand } from '../../../src/engine/language/print.ts';
import { anyCommand } from './command-arbitrary.ts';
import { commandOf, read } from './read.ts';

describe('printing commands', () => {
  test('any command that is printed is read back as the same', () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        const { steps, faults } = read(printCommand(command), false);
        expect(faults).toEqual([]);
        expect(steps.map((step) => step.command)).toEqual([command]);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['load 10000 --rate=max', 'load 10k'],
    ['load --duration 90s --rate 1500/s', 'load --rate=1500/s --duration=90s'],
    ["say  it's   'so'", undefined],
    ['replay analytics --yes --from beginning', 'replay analytics --yes'],
    ['produce --null --count 2', 'produce --count=2 --null'],
    ['wait lag==0 and state.x!=Empty --timeout 5s', 'wait lag == 0 and state.x != Empty --timeout=5s'],
  ])('%s', (line, printed) => {
    if (printed === undefined) expect(read(line).faults).toHaveLength(1);
    else expect(printCommand(commandOf(line) as never)).toBe(printed);
  });
});
