import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/engine/event.ts';
import { parse } from '../../src/engine/language/parse.ts';
import type { State } from '../../src/engine/state.ts';
import { createSession, type Session } from '../../src/ui/session.ts';
import { sessionScript } from '../../src/ui/session-script.ts';
import { atRest, lagging, NOW, TOTALS } from './states.ts';

/** A state at rest with that many orders. */
function idle(orders: number): State {
  const state = atRest();
  const groups = Object.fromEntries(Object.entries(state.groups).map(([id, group]) => [id, { ...group, lag: 0 }]));
  const totals = { ...TOTALS, total_orders: orders, pending: 0 };
  return { ...state, groups, analytics: { ...state.analytics, totals } };
}

const loading: State = { ...lagging(), load: { ...lagging().load, running: true } };

/** A session in which these lines were given, each in its state, with what followed. */
function session(...lines: readonly (readonly [line: string, state: State, ...then: Fact[]])[]): Session {
  const kept = createSession();
  kept.hear({ type: 'pipeline-running', forMs: 1, at: NOW }, idle(0));
  for (const [id, [text, state, ...then]] of lines.entries()) {
    const [step] = parse([{ name: 'test', text }], { now: NOW, unattended: false }).steps;
    if (!step) throw new Error(`"${text}" is no command`);
    kept.hear({ type: 'command-started', id, command: step.command, text, at: NOW }, state);
    for (const fact of then) kept.hear({ ...fact, at: NOW }, state);
  }
  return kept;
}

const script = (of: Session, state: State) => sessionScript(of, state, 's.lunch').split('\n').slice(2, -1);

describe('a saved session', () => {
  test('repeats commands with the waits that were made, and expects what came out', () => {
    const given = session(
      ['load 10k', idle(0)],
      ['fail-rate 30%', idle(10_000)],
      ['kill inventory/1', lagging(), { type: 'worker-ready', slot: 'inventory/1', incarnation: 2, forMs: 9 }],
    );
    expect(script(given, idle(10_000))).toEqual([
      'load 10k',
      'wait idle --timeout 5m',
      'fail-rate 30%',
      'kill inventory/1',
      'wait event worker-ready',
      'wait idle --timeout 5m',
      'expect since.total_orders == 10000',
      'expect pending == 0 and conflicts == 0 and repeated_decisions == 0',
    ]);
  });

  test('lets a load go on in the background where further commands were given meanwhile', () => {
    const given = session(['load 5k --rate 1k/s', idle(0)], ['workers inventory 3', loading]);
    expect(script(given, idle(5000)).slice(0, 2)).toEqual(['load 5k --rate=1k/s --background', 'workers inventory 3']);
  });

  test('leaves out looks, failures and the steps of a knob on its way', () => {
    const failure = { code: 'COMMAND_FAILED', message: '', fix: '' } as const;
    const given = session(
      ['throttle 1ms', idle(0)],
      ['throttle 2ms', idle(0)],
      ['lag', idle(0)],
      ['stop inventory/9', idle(0), { type: 'command-failed', id: 3, error: failure }],
    );
    expect(script(given, idle(0)).slice(0, 2)).toEqual(['throttle 2ms', 'wait idle --timeout 5m']);
  });

  test('expects no exact number where the end was not its own', () => {
    expect(script(session(['load 5k', idle(0)], ['stop load', loading]), idle(731)).join()).not.toContain(
      'total_orders',
    );
    expect(script(session(['load 5k', idle(0)]), loading).join()).not.toContain('expect ');
  });

  test('is right in the language of scripts', () => {
    const text = sessionScript(
      session(['load 10k', idle(0)], ['replay analytics --yes', idle(10)]),
      idle(10),
      's.lunch',
    );
    expect(parse([{ name: 's.lunch', text }], { now: NOW, unattended: true }).faults).toEqual([]);
  });
});
