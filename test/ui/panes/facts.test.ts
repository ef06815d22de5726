import { describe, expect, test } from 'vitest';
import { facts } from '../../../src/ui/actions/facts.ts';
import { selectedFact } from '../../../src/ui/panes/facts/shown.ts';
import { factsPane } from '../../../src/ui/panes/facts.ts';
import type { ActionContext } from '../../../src/ui/types.ts';
import { reduceView } from '../../../src/ui/view.ts';
import { drawn, overflow } from '../screen.ts';
import { empty, eventful, logOf, NOW, view } from '../states.ts';

function press(context: ActionContext, id: string): ActionContext {
  const row = facts.find((each) => each.id === id);
  const events = row?.run(context).flatMap((outcome) => (outcome.do === 'see' ? outcome.events : [])) ?? [];
  return { ...context, view: events.reduce(reduceView, context.view) };
}

describe('the log of facts', () => {
  test('the newest first, with the command beside it - in 120 columns', () => {
    expect(drawn(factsPane, eventful(), 118, 4)).toMatchInlineSnapshot(`
      "
       12:02:19  inventory rebalanced in 430 ms, generation 7: inventory/1 has orders/0,2 and inventory/2 has orders/1
       12:02:19  inventory/2 killed; replaced after 490 ms                      kill inventory/2
       12:02:00  throttle 5 ms, applied by 2 workers within 20 ms               throttle 5ms
      "
    `);
  });

  test('the newest first - in 80 columns', () => {
    expect(drawn(factsPane, eventful(), 78, 3, { focus: 'facts' })).toMatchInlineSnapshot(`
      "
      ▸12:02:19  inventory rebalanced in 430 ms, generation 7: inventory/1 has ord…
       12:02:19  inventory/2 killed; replaced after 490 ms
       12:02:00  throttle 5 ms, applied by 2 workers within 20 ms
      "
    `);
  });

  test('a filter keeps what it names, and ! turns it round', () => {
    expect(
      drawn(factsPane, eventful(), 78, 3, {
        filters: { facts: '!inventory' },
        fields: { 'filter-facts': '!inventory' },
      }),
    ).toMatchInlineSnapshot(`
      "
       / !inventory________________________________________________________________
       12:02:00  throttle 5 ms, applied by 2 workers within 20 ms
      "
    `);
  });

  test('before anything has happened it says what it waits for', () => {
    expect(drawn(factsPane, empty(), 78, 2)).toMatchInlineSnapshot(`
      "
       starting
      "
    `);
  });

  test('who goes back in time stays on that fact, whatever happens meanwhile', () => {
    const context = { state: eventful(), view: view({ focus: 'facts' }), now: NOW, chord: '' };
    const back = press(context, 'earlier-fact');
    const chosen = selectedFact(back.state, back.view);
    expect(chosen?.text).toMatch(/^inventory\/2 killed/);
    const later = { ...back.state, log: [...back.state.log, ...logOf([0, { type: 'mark-set' }])] };
    expect(selectedFact(later, back.view)?.id).toBe(chosen?.id);
    expect(selectedFact(later, press({ ...back, state: later }, 'follow-facts').view)?.text).toMatch(
      /^all facts noted/,
    );
  });

  test('the Kafka command of a fact is copied, and where there is none it is said why', () => {
    const copy = facts.find(({ id }) => id === 'copy-fact-equivalent');
    const context = { state: eventful(), view: view({ focus: 'facts' }), now: NOW, chord: 'Y' };
    expect(copy?.guard?.(context)).toBe('no command brought this about, so there is none to copy');
    const back = press(context, 'earlier-fact');
    expect(copy?.guard?.(back)).toBeUndefined();
    expect(copy?.run(back)).toMatchObject([
      { do: 'copy', what: 'the Kafka command that shows what came of it', text: expect.stringContaining('--members') },
    ]);
  });

  test('no line is wider than its box, at any width, with wide and combining characters in it', () => {
    const log = logOf([
      5,
      { type: 'command-started', id: 1, command: { verb: 'trace', orderId: '注文é🌮' }, text: 'trace 注文é🌮' },
    ]);
    for (let width = 20; width <= 200; width += 3) {
      expect(overflow(factsPane.draw({ ...eventful(), log }, view(), { width, height: 4, now: NOW }), width)).toEqual(
        [],
      );
    }
  });
});
