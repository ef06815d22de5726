import { describe, expect, test } from 'vitest';
import { shownOrders } from '../../../src/ui/panes/orders/shown.ts';
import { ordersPane } from '../../../src/ui/panes/orders.ts';
import type { RecentOrder } from '../../../src/ui/types.ts';
import { drawn, overflow } from '../screen.ts';
import { atRest, brokerDown, empty, lagging, NOW, RECENT, view } from '../states.ts';

const FOCUS = { focus: 'orders' } as const;

type Told = ReturnType<typeof lagging>['analytics']['recent'][number];

function withRecent(recent: Told[]) {
  const base = lagging();
  return { ...base, analytics: { ...base.analytics, recent } };
}

describe('orders', () => {
  test('running at 120 columns', () => {
    expect(drawn(ordersPane, lagging(), 38, 8, FOCUS)).toMatchInlineSnapshot(`
      "
      ▸id [auto     ] items [burrito:1     ]
       order      outcome   p@offset   after
       o-7f3a91c2 reserved  1@42118     6 ms
       o-18bb04ae failed    0@41902     5 ms
       o-lunch-77 reserved  2@42381    11 ms
       o-lunch-77 duplicate 2@42390        –
       o-5c20d7f1 waiting   1@42119    1.2 s
       {not json  malformed 0@41903        –
      "
    `);
  });

  test('running at 80 columns, the cursor on an order and the list held', () => {
    const held = { ...FOCUS, cursors: { orders: 3 }, heldOrders: RECENT };
    expect(drawn(ordersPane, lagging(), 78, 9, held)).toMatchInlineSnapshot(`
      "
       id [auto                    ] items [burrito:1                              ]
       order                    outcome   topic-partition @ offset    placed   after
       o-7f3a91c2               reserved  orders/1 @ 42,118         12:02:29    6 ms
       o-18bb04ae               failed    orders/0 @ 41,902         12:02:29    5 ms
      ▸o-lunch-77               reserved  orders/2 @ 42,381         12:02:29   11 ms
       o-lunch-77               duplicate orders/2 @ 42,390         12:02:29       –
       o-5c20d7f1               waiting   orders/1 @ 42,119         12:02:29   1.2 s
       {not json                malformed orders/0 @ 41,903         12:02:29       –
      "
    `);
    expect(ordersPane.note?.(lagging(), view(held), NOW)).toBe('held; f follows');
  });

  test('on a wide screen it says who placed an order', () => {
    expect(drawn(ordersPane, lagging(), 118, 5, FOCUS)).toMatchInlineSnapshot(`
      "
      ▸id [auto                    ] items [burrito:1                               ]
       o-7f3a91c2                               reserved  orders/1 @ 42,118         12:02:29    6 ms  hand
       o-18bb04ae                               failed    orders/0 @ 41,902         12:02:29    5 ms  hand
       o-lunch-77                               reserved  orders/2 @ 42,381         12:02:29   11 ms  hand
       o-lunch-77                               duplicate orders/2 @ 42,390         12:02:29       –  hand
      "
    `);
  });

  test('nothing yet: what to do, or what is being waited for', () => {
    expect(drawn(ordersPane, atRest(), 38, 6, FOCUS)).toMatchInlineSnapshot(`
      "
      ▸id [auto     ] items [burrito:1     ]
       order      outcome   p@offset   after
       no order since the start; 2 and
       Enter place one, e says what is
       ordered
      "
    `);
    expect(drawn(ordersPane, empty(), 38, 3)).toMatchInlineSnapshot(`
      "
       id [auto     ] items [burrito:1     ]
       starting
      "
    `);
  });

  test('wide and combining characters in ids do not shift a column', () => {
    const ids = ['漢字漢字漢字漢字', 'Ame\u0301lie-1', '🌯🌯', 'a\tb'];
    const recent = ids.map((orderId): Told => ({ ...(RECENT[0] as Told), orderId }));
    expect(drawn(ordersPane, withRecent(recent), 40, 7)).toMatchInlineSnapshot(`
      "
       id [auto      ] items [burrito:1      ]
       order        outcome   p@offset   after
       漢字漢字漢…  reserved  1@42118     6 ms
       Amélie-1     reserved  1@42118     6 ms
       🌯🌯         reserved  1@42118     6 ms
       a	b           reserved  1@42118     6 ms
      "
    `);
  });

  test('what a person has placed stands above what a load sends, until it is old', () => {
    const load: Told = { ...(RECENT[0] as Told), ofLoad: true, orderId: 'r1-1', placedAt: NOW - 10 };
    const mine: Told = { ...(RECENT[1] as Told), orderId: 'mine', placedAt: NOW - 5_000 };
    const ids = (now: number) => shownOrders(withRecent([load, mine]), view(), now).map(({ orderId }) => orderId);
    expect(ids(NOW)).toEqual(['mine', 'r1-1']);
    expect(ids(NOW + 60_000)).toEqual(['r1-1', 'mine']);
  });

  test('a held list keeps its rows, and goes on telling what becomes of them', () => {
    const waiting: RecentOrder = { ...(RECENT[0] as RecentOrder), state: 'waiting' };
    const gone: RecentOrder = { ...waiting, offset: 7, orderId: 'gone' };
    const over: RecentOrder = { ...gone, offset: 8, orderId: 'over', state: 'failed' };
    const shown = shownOrders(lagging(), view({ heldOrders: [gone, over, waiting] }), NOW);
    const told = shown.map(({ orderId, state }) => `${orderId} ${state}`);
    expect(told).toEqual(['gone unknown', 'over failed', 'o-7f3a91c2 reserved']);
  });

  test('a filter keeps what has its text', () => {
    const shown = (text: string) => shownOrders(lagging(), view({ filters: { orders: text } }), NOW).length;
    expect([shown('lunch'), shown('!lunch'), shown('2@42390'), shown('waiting')]).toEqual([2, 4, 1, 1]);
  });

  test('nothing stands out of the box from 36 to 200 columns', () => {
    for (const state of [empty(), atRest(), lagging(), brokerDown()]) {
      for (let width = 36; width <= 200; width += 2) {
        const lines = ordersPane.draw(state, view(FOCUS), { width, height: 8, now: NOW });
        expect(overflow(lines, width)).toEqual([]);
      }
    }
  });
});
