import { describe, expect, test } from 'vitest';
import type { Outcome, Overlay, View } from '../../../src/ui/types.ts';
import { pressed } from '../press.ts';
import { eventful, NOW } from '../states.ts';

function copied(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) => (outcome.do === 'copy' ? outcome.text : []));
}

/** What ends up on the clipboard after these keys. */
function clipboard(of: Partial<View>, ...chords: string[]): string[] {
  return copied(pressed(eventful(), of, ...chords).outcomes);
}

describe('copying out of an overlay', () => {
  test('takes all of it, and in details the line for Kafka, as in the pane', () => {
    const lag = { focus: 'lag', cursors: { lag: 1 } } as const;
    const [details, kafka] = clipboard(lag, 'enter', 'y', 'Y');
    expect(details?.split('\n').slice(0, 2)).toEqual([
      'catching up',
      expect.stringMatching(/^why +More is done than comes in/),
    ]);
    expect(kafka).toMatch(/^kafka-consumer-groups\.sh .*--describe --group inventory-service-group$/);
    expect(clipboard(lag, 'Y')).toEqual([kafka]);
  });

  test('takes the details of facts, workers and figures, too', () => {
    expect(clipboard({ focus: 'facts' }, 'enter', 'y').join()).toContain('inventory rebalanced in 430 ms');
    expect(clipboard({ focus: 'faults', cursors: { faults: 2 } }, 'enter', 'y').join()).toContain('orders/0');
    expect(clipboard({ focus: 'analytics' }, 'enter', 'y').join()).toContain('total_orders');
  });

  test('says why there is nothing of that kind', () => {
    const { view, outcomes } = pressed(eventful(), { focus: 'analytics' }, 'enter', 'Y');
    expect(copied(outcomes)).toEqual([]);
    expect(view.toast?.text).toContain('Kafka has nothing alike');
  });

  test('takes an answer and a trace line by line', () => {
    const output: Overlay = { kind: 'output', title: 'topics', lines: ['one', 'two'] };
    expect(clipboard({ overlay: output }, 'y')).toEqual(['one\ntwo']);
    const record = { topic: 'orders', partition: 1, offset: 7, timestamp: NOW, kind: 'placed', bytes: 90 };
    const trace: Overlay = { kind: 'trace', orderId: 'o-1', result: { data: { found: [record] }, text: [] } };
    expect(clipboard({ overlay: trace }, 'y').join()).toMatch(/placed +orders\/1 @ 7 +key o-1, 90 B/);
  });
});
