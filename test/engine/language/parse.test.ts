import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/engine/language/parse.ts';
import { commandOf, faultsOf, NOW, read } from './read.ts';

describe('reading scripts', () => {
  test('a script becomes checked steps that know where they stand', () => {
    const { steps, faults } = read('# lunch\nload 10k; wait idle\nexpect total_orders == 10k');
    expect(faults).toEqual([]);
    expect(steps.map(({ text, at }) => [text, at.line, at.column])).toEqual([
      ['load 10k', 2, 1],
      ['wait idle', 2, 11],
      ['expect total_orders == 10k', 3, 1],
    ]);
  });

  test('all faults are told at once, in order, with file, line, column and the nearest word', () => {
    expect(faultsOf('laod 10k\nload 5x --rat 2/s; expect lagg == 0\nwait event load-finish\nhelp lod')).toEqual([
      'test:1:1: there is no command "laod"; did you mean "load"?',
      'test:2:6: COUNT: "5x" is not a count of at least 1, such as 500, 10k or 1M',
      'test:2:9: load has no option --rat; did you mean "--rate"?',
      'test:2:27: there is no fact "lagg"; did you mean "lag"?',
      'test:3:12: EVENT: "load-finish" is not an event (help events lists them); did you mean "load-finished"?',
      'test:4:6: TOPIC: "lod" is not a verb, facts or events; did you mean "load"?',
    ]);
  });

  test('faults of several sources come in the order of the sources', () => {
    const sources = ['b', 'a'].map((name) => ({ name, text: 'lag\nnope' }));
    const { faults } = parse(sources, { now: NOW, unattended: true });
    expect(faults.map(({ at }) => at.file)).toEqual(['b', 'a']);
  });

  test.each([
    ['load 1 2', '1:8: "2" is too much for load'],
    ['fail-rate', '1:1: fail-rate needs FRACTION: a fraction from 0 to 1, such as 0.3 or 30%'],
    ['fail-rate 1.5', '1:11: FRACTION: "1.5" is not a fraction from 0 to 1, such as 0.3 or 30%'],
    [
      'kill inventory/0',
      '1:6: WORKER: "inventory/0" is not a worker such as inventory/1, or a kind: inventory, analytics or load; did you mean "inventory"?',
    ],
    ['load 5 --rate', '1:8: --rate needs a rate above 0, such as 500/s or 2k/s, or max'],
    ['load 5 --rate --background', '1:8: --rate needs a rate above 0, such as 500/s or 2k/s, or max'],
    ['load 5 --rate=1/s --rate=2/s', '1:19: --rate is given twice'],
    ['load 5 --background=yes', '1:8: --background takes no value'],
    ['load 5 --shape ramp', '1:16: --shape ramp shapes a rate: say which with --rate, such as 500/s'],
    ['load 5 --duplicates 60% --malformed 50%', '1:21: --duplicates and --malformed leave no order to repeat'],
    ['produce o-1 --raw x', '1:9: a raw record has no order id; give its key with --key'],
    ['produce --raw x --null', '1:17: --raw and --null exclude each other'],
    ['produce --raw x --items a:1', '1:25: a raw record has no items'],
    ['broker', '1:1: broker needs ACTION: stop, start or kill'],
    ['broker strat', '1:8: ACTION: "strat" is not stop, start or kill; did you mean "start"?'],
    ['workers inventry 3', '1:9: "inventry" does not follow workers; did you mean "inventory"?'],
    ['wait idel', '1:6: "idel" does not follow wait; did you mean "idle"?'],
    ['wait', '1:1: wait needs CONDITION: a condition, such as total_orders == 10k and lag == 0'],
    ['replay cancel --yes', '1:15: --yes does not go with "replay" as it is written here'],
    ['replay analytics --from orders/0', undefined],
    ['trace ""', '1:7: ORDER_ID: "" is not an order id of 1 to 256 bytes'],
  ])('%s is a fault that says what is right', (line, fault) => {
    const faults = faultsOf(line);
    if (fault === undefined) expect(faults[0]).toContain('--from: "orders/0" is not beginning, offsets such as');
    else expect(faults).toEqual([`test:${fault}`]);
  });

  test('a replay where nobody can be asked needs --yes or --preview, elsewhere not', () => {
    expect(faultsOf('replay analytics')).toEqual([
      'test:1:1: nobody can be asked here: replay needs --yes, or --preview to look only',
    ]);
    expect(faultsOf('replay analytics --preview; replay analytics --yes; replay undo')).toEqual([]);
    expect(read('replay analytics', false).faults).toEqual([]);
  });

  test('so does setting the offsets of a group', () => {
    expect(faultsOf('reset-offsets billing --to end')).toEqual([
      'test:1:1: nobody can be asked here: reset-offsets needs --yes',
    ]);
    expect(faultsOf('reset-offsets billing --to orders/0=5 --yes')).toEqual([]);
    expect(read('reset-offsets billing --to end', false).faults).toEqual([]);
  });

  test('a time that counts from now is read anew when its step runs', () => {
    const [step] = read('replay analytics --from -10m --yes').steps;
    const at = (now: number) => ({ ...step?.command, from: { type: 'time', at: now - 600_000 } });
    expect(step?.command).toEqual(at(NOW));
    expect(step?.commandAt(NOW + 5000)).toEqual(at(NOW + 5000));
  });

  test('after -- nothing is an option, nor is quoted text', () => {
    expect(commandOf('say -- --a b')).toEqual({ verb: 'say', text: '--a b' });
    expect(commandOf("say '--a' b")).toEqual({ verb: 'say', text: '--a b' });
  });

  test('every option can be written with = and with a space', () => {
    expect(commandOf('records orders --limit=5')).toEqual(commandOf('records orders --limit 5'));
  });
});
