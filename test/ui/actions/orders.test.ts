import { describe, expect, test } from 'vitest';
import { reduceView } from '../../../src/ui/view.ts';
import { commandsOf, pressed } from '../press.ts';
import { atRest, brokerDown, lagging, RECENT, view } from '../states.ts';

const FOCUS = { focus: 'orders' } as const;
const BURRITO = { verb: 'produce', items: [{ sku: 'burrito', qty: 1 }], count: 1 };

describe('keys of orders', () => {
  test('Enter on the first line places what is usual', () => {
    expect(commandsOf(pressed(atRest(), FOCUS, 'enter').outcomes)).toEqual([BURRITO]);
  });

  test('what is written is ordered, and the next order gets an id of its own', () => {
    const fields = { 'order-id': 'mine', 'order-items': 'taco:2,cola:1' };
    const { view: after, outcomes } = pressed(atRest(), { ...FOCUS, fields }, 'e', 'enter');
    const items = [
      { sku: 'taco', qty: 2 },
      { sku: 'cola', qty: 1 },
    ];
    expect(commandsOf(outcomes)).toEqual([{ verb: 'produce', orderId: 'mine', items, count: 1 }]);
    expect(after.typing).toBeNull();
    expect(after.fields).toEqual({ 'order-id': '', 'order-items': 'taco:2,cola:1' });
  });

  test('Tab goes between items and id, and not to another pane', () => {
    const { view: after } = pressed(atRest(), FOCUS, 'e', 'tab');
    expect(after).toMatchObject({ focus: 'orders', typing: { field: 'order-id' } });
    expect(pressed(atRest(), FOCUS, 'e', 'tab', 'tab').view.typing).toMatchObject({ field: 'order-items' });
  });

  test('items that cannot be read are said to be so, and nothing is sent', () => {
    const { view: after, outcomes } = pressed(atRest(), { ...FOCUS, fields: { 'order-items': 'two tacos' } }, 'enter');
    expect(commandsOf(outcomes)).toEqual([]);
    expect(after.toast?.text).toBe('"two tacos" is no list of items: write items such as burrito:2,cola:1');
  });

  test('without a broker the reason is said', () => {
    const { view: after, outcomes } = pressed(brokerDown(), FOCUS, 'enter');
    expect(commandsOf(outcomes)).toEqual([]);
    expect(after.toast?.text).toBe('broker away for 12 s: the process was killed');
  });

  test('going down holds the list still, and Enter there traces the order', () => {
    const { view: after, outcomes } = pressed(lagging(), FOCUS, 'j', 'j', 'enter');
    const id = after.heldOrders?.[1]?.orderId;
    expect(after.heldOrders).toHaveLength(RECENT.length);
    expect(after.overlay).toEqual({ kind: 'trace', orderId: id, result: null });
    expect(commandsOf(outcomes)).toEqual([{ verb: 'trace', orderId: id }]);
  });

  test('f lets the list go on, and so does placing an order', () => {
    expect(pressed(lagging(), FOCUS, 'j', 'f').view).toMatchObject({ heldOrders: null, cursors: { orders: 0 } });
    const { view: after, outcomes } = pressed(lagging(), FOCUS, 'j', 'd');
    expect(after).toMatchObject({ heldOrders: null, cursors: { orders: 0 } });
    expect(commandsOf(outcomes)).toMatchObject([{ verb: 'produce', orderId: RECENT[0]?.orderId }]);
  });

  test('a trace that was closed meanwhile does not come back', () => {
    const result = { data: { found: [] }, text: [] };
    const event = { type: 'trace-read', orderId: 'a', result } as const;
    expect(reduceView(view(), event).overlay).toBeNull();
    const other = view({ overlay: { kind: 'trace', orderId: 'b', result: null } });
    expect(reduceView(other, event).overlay).toEqual(other.overlay);
    const same = view({ overlay: { kind: 'trace', orderId: 'a', result: null } });
    expect(reduceView(same, event).overlay).toEqual({ kind: 'trace', orderId: 'a', result });
  });
});
