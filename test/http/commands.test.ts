import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROWS } from '../../src/engine/commands/table.ts';
import { parse } from '../../src/engine/language/parse.ts';
import { printCommand } from '../../src/engine/language/print.ts';
import { readStep } from '../../src/http/commands/read-step.ts';
import { Refusal } from '../../src/http/problem.ts';
import { anyCommand } from '../engine/language/command-arbitrary.ts';
import { openInside, postText } from './inside.ts';

/** Late enough for times before it. */
const NOW = 1e12;

const rowOf = (verb: string) => ROWS.find((row) => row.verb === verb) as (typeof ROWS)[number];

const lineOf = (verb: string, body: Record<string, unknown>) => readStep(rowOf(verb), body, NOW).text;

/** What is said against a body. */
function faultsOf(verb: string, body: Record<string, unknown>) {
  try {
    readStep(rowOf(verb), body, NOW);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.more.errors ?? [];
    throw thrown;
  }
  throw new Error(`nothing is wrong with ${JSON.stringify(body)}`);
}

describe('commands by the names of their arguments', () => {
  test.each([
    ['load', {}, 'load'],
    ['load', { count: 10_000, rate: 500, durationMs: 30_000 }, 'load 10k --rate=500/s --duration=30s'],
    ['load', { count: '10k', rate: 'max', background: true }, 'load 10k --rate=max --background'],
    ['produce', { orderId: 'o-1', items: [{ sku: 'taco', qty: 2 }] }, 'produce o-1 --items=taco:2'],
    ['produce', { orderId: '--count=5; quit' }, "produce '--count=5; quit'"],
    ['produce', { raw: null, partition: 0 }, 'produce --partition=0 --null'],
    ['kill', { target: 'inventory/1', silent: true }, 'kill inventory/1 --silent'],
    ['kill', { target: 'inventory/1', silent: false }, 'kill inventory/1'],
    ['fail-rate', { failRate: 0.3 }, 'fail-rate 30%'],
    ['throttle', { throttleMs: 20 }, 'throttle 20ms'],
    ['workers', {}, 'workers'],
    ['workers', { count: 3 }, 'workers inventory 3'],
    ['wait', { for: 'idle' }, 'wait idle'],
    ['wait', { event: 'load-finished', timeoutMs: '5s' }, 'wait event load-finished --timeout=5s'],
    ['wait', { condition: 'lag == 0 and pending == 0' }, 'wait lag == 0 and pending == 0'],
    ['expect', { condition: 'failure_rate > 26%' }, 'expect failure_rate > 26%'],
    ['replay', { action: 'run', yes: true }, 'replay analytics --yes'],
    ['replay', { from: '-10m', preview: true }, 'replay analytics --from=-10m --preview'],
    ['replay', { action: 'undo' }, 'replay undo'],
    ['records', { source: 'orders/0', limit: 5 }, 'records orders/0 --limit=5'],
    ['say', { text: "it's; a # text" }, "say 'it'\\''s; a # text'"],
  ])('%s %j', (verb, body, line) => {
    expect(lineOf(verb, body)).toBe(line);
  });

  test.each([
    ['load', { cuont: 5 }, '/cuont', 'load has no argument "cuont"; did you mean "count"?'],
    ['load', { count: '10x' }, '/count', 'COUNT: "10x" is not a count of at least 1, such as 500, 10k or 1M'],
    ['load', { count: 1.5 }, '/count', 'COUNT: 1.5 is not a count of at least 1, such as 500, 10k or 1M'],
    [
      'load',
      { shape: 'lunc', rate: 5 },
      '/shape',
      '--shape: "lunc" is not steady, ramp, spike or lunch; did you mean "lunch"?',
    ],
    ['load', { shape: 'lunch' }, '/shape', '--shape lunch shapes a rate: say which with --rate, such as 500/s'],
    ['load', { background: 'yes' }, '/background', '--background: "yes" is not true or false'],
    ['produce', { orderId: 5 }, '/orderId', 'ORDER_ID: 5 is not an order id of 1 to 256 bytes'],
    ['produce', { orderId: null }, '/orderId', 'ORDER_ID: null is not an order id of 1 to 256 bytes'],
    [
      'produce',
      { items: [{ sku: 'a:1,b', qty: 2 }] },
      '/items',
      '--items: [{"sku":"a:1,b","qty":2}] is not items such as burrito:2,cola:1',
    ],
    ['kill', {}, '', 'kill needs WORKER: a worker such as inventory/1, or a kind: inventory, analytics or load'],
    [
      'kill',
      { target: 'inventroy' },
      '/target',
      'WORKER: "inventroy" is not a worker such as inventory/1, or a kind: inventory, analytics or load; did you mean "inventory"?',
    ],
    ['replay', { action: 'run' }, '', 'nobody can be asked here: replay needs --yes, or --preview to look only'],
    ['wait', {}, '', 'wait needs more: {"for":"idle"}, {"for":"event"}, {"for":"condition"}'],
    ['expect', { condition: 'lagg == 0' }, '/condition', 'there is no fact "lagg"; did you mean "lag"?'],
    ['expect', { condition: 'lag == 0; quit' }, '/line', 'one command at a time'],
    [
      'expect',
      { condition: 5 },
      '/condition',
      'CONDITION: 5 is not a condition, such as total_orders == 10k and lag == 0',
    ],
    ['load', { line: 'load 5', count: 5 }, '/count', 'a line says it all: "count" is too much beside it'],
    ['load', { line: 'produce' }, '/line', 'this is the place of load: the line says produce'],
    ['load', { line: 5 }, '/line', 'the line is not a text'],
    ['load', { line: '' }, '/line', 'one command at a time'],
    ['load', { line: 'load 1; load 2' }, '/line', 'one command at a time'],
  ])('%s %j is refused at %s', (verb, body, where, detail) => {
    expect(faultsOf(verb, body)).toEqual([expect.objectContaining({ where, detail })]);
  });

  test('a fault in a line says at which column', () => {
    expect(faultsOf('load', { line: 'load 10x --rate 5' })).toEqual([
      { where: '/line', column: 6, detail: expect.stringContaining('COUNT') },
      { where: '/line', column: 17, detail: expect.stringContaining('--rate') },
    ]);
  });

  test('any command, said by its line, is the command that a script would run', () => {
    fc.assert(
      fc.property(anyCommand, (wanted) => {
        const line = printCommand(wanted);
        const script = parse([{ name: '', text: line }], { now: NOW, unattended: true });
        fc.pre(script.faults.length === 0);
        expect(readStep(rowOf(wanted.verb), { line }, NOW).command).toEqual(script.steps[0]?.command);
      }),
    );
  });

  test('any body is read or refused, never anything else', () => {
    const names = [...new Set(ROWS.flatMap((row) => row.forms.flatMap((form) => Object.keys(form.fields))))];
    const name = fc.oneof(fc.constantFrom(...names, 'for', 'action', 'kind', 'line'), fc.string());
    fc.assert(
      fc.property(fc.constantFrom(...ROWS), fc.dictionary(name, fc.jsonValue()), (row, body) => {
        try {
          expect(readStep(row, body, NOW).command.verb).toBe(row.verb);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('POST /commands', () => {
  let inside: Awaited<ReturnType<typeof openInside>>;
  beforeAll(async () => {
    inside = await openInside();
  });
  afterAll(() => inside.doors.close());

  const ask = (path: string, body: unknown) => postText(`${inside.orders}/commands/${path}`, JSON.stringify(body));

  test('carries a command out and answers as it ends, on both ports', async () => {
    expect(await ask('pause', { target: 'inventory/1' })).toMatchObject({
      status: 200,
      body: { verb: 'pause', line: 'pause inventory/1', text: expect.any(Array) },
    });
    expect((await postText(`${inside.analytics}/commands/resume`, '{"target":"inventory/1"}')).status).toBe(200);
    expect(inside.supervisor.told).toEqual(['pause inventory/1', 'resume inventory/1']);
  });

  test('what does not hold is an answer', async () => {
    expect(await ask('expect', { line: 'expect total_orders == 5' })).toMatchObject({
      status: 200,
      body: { data: { holds: false, sentence: 'total_orders == 5 does not hold: total_orders is 0' } },
    });
  });

  test.each([
    ['kill', { target: 'inventory/9' }, 409, 'there is no worker inventory/9'],
    ['broker', { action: 'stop' }, 409, 'not ours to stop'],
    ['help', { topic: 'laod' }, 422, 'did you mean "load"?'],
  ])('%s %j is refused as it would be elsewhere', async (verb, body, status, detail) => {
    expect(await ask(verb, body)).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
  });

  test('every command can be asked for but quit', async () => {
    for (const { verb } of ROWS.filter((row) => row.verb !== 'quit')) {
      const seen = await ask(verb, { line: 'quit' });
      expect([verb, seen.status, seen.body['detail']]).toEqual([
        verb,
        422,
        `this is the place of ${verb}: the line says quit`,
      ]);
    }
  });

  test('who goes before the end breaks the command off', async () => {
    const leaving = new AbortController();
    const before = Object.keys(inside.events.store.getState().commands);
    const sleeping = fetch(`${inside.orders}/commands/sleep`, {
      method: 'POST',
      body: '{"forMs":"1h"}',
      headers: { 'content-type': 'application/json' },
      signal: leaving.signal,
    });
    sleeping.catch(() => {});
    const commands = () => Object.keys(inside.events.store.getState().commands);
    await expect.poll(commands).toHaveLength(before.length + 1);
    leaving.abort();
    await expect.poll(commands).toEqual(before);
  });
});
