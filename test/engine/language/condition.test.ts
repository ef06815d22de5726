import { describe, expect, test } from 'vitest';
import { commandOf, faultsOf } from './read.ts';

function clauses(condition: string): unknown[] {
  const command = commandOf(`expect ${condition}`);
  if (command?.verb !== 'expect') throw new Error('no expect');
  return command.condition.clauses.map(({ fact, op, value }) => [fact, op, value]);
}

describe('conditions', () => {
  test.each([
    ['total_orders == 10k', [['total_orders', '==', 10_000]]],
    [
      'failure_rate > 26% and failure_rate < 34%',
      [
        ['failure_rate', '>', 0.26],
        ['failure_rate', '<', 0.34],
      ],
    ],
    ['latency.p99 < 50ms', [['latency.p99', '<', 50]]],
    ['rate.orders >= 500/s', [['rate.orders', '>=', 500]]],
    ['state.inventory == Stable', [['state.inventory', '==', 'Stable']]],
    ['audit!=dirty', [['audit', '!=', 'dirty']]],
    [
      'lag.my.group<=5 and lag>0',
      [
        ['lag.my.group', '<=', 5],
        ['lag', '>', 0],
      ],
    ],
    ["'lag.a < b' == 0", [['lag.a < b', '==', 0]]],
    ['since.lag >= -5', [['since.lag', '>=', -5]]],
    ['workers.inventory == 1', [['workers.inventory', '==', 1]]],
  ])('%s', (condition, expected) => {
    expect(clauses(condition)).toEqual(expected);
  });

  test('a clause keeps its text as written', () => {
    const command = commandOf('expect failure_rate>26%   and lag == 0');
    expect(command?.verb === 'expect' && command.condition.text).toBe('failure_rate > 26% and lag == 0');
  });

  test.each([
    ['lag', '1:8: "lag" needs an operator and a value, such as lag < 10k'],
    ['lag = 5', '1:12: "=" is no operator; use == != < <= > >='],
    ['lag ==', '1:12: a value is missing after ==, such as lag < 10k'],
    ['lag == 5 6', '1:17: "6" is too much; clauses are joined by "and"'],
    ['lag == 5 or lag == 6', '1:17: "or" is too much; clauses are joined by "and"'],
    ['lag == 5 and', '1:17: a condition goes on after "and": FACT OP VALUE'],
    ['lag == 5ms', '1:15: lag is a count, such as 500 or 10k, not "5ms"'],
    ['latency.p50 < 5', '1:22: latency.p50 is a duration, such as 250ms or 5s, not "5"'],
    ['state.inventory < Stable', '1:26: state.inventory is a word: compare it with == or !='],
    ['audit == claen', '1:17: audit is one of none, clean, dirty, not "claen"; did you mean "clean"?'],
    ['workers.chef == 1', '1:8: there is no fact "workers.chef"; did you mean "workers.load"?'],
    ['since.total_order == 1', '1:8: there is no fact "since.total_order"; did you mean "since.total_orders"?'],
  ])('%s is a fault that says what is right', (condition, fault) => {
    expect(faultsOf(`expect ${condition}`)).toEqual([`test:${fault}`]);
  });

  test('every clause that is wrong is told', () => {
    expect(faultsOf('expect lagg == 0 and pendin == 0')).toHaveLength(2);
  });
});
