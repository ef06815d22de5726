import { close, scroll } from './everywhere.ts';
import { type Keyboard, without } from './keyboard.ts';

/** The row with the pointer, without it. */
const pointed = (text: string) => /▸([^│┃]*)/.exec(text)?.[1]?.trim() ?? '';

/** Moves in the list of a pane by every key; `ids` name the rows of the key table in that order. */
async function move(
  k: Keyboard,
  ids: readonly [down: string, up: string, pageDown: string, pageUp: string, first: string, last: string],
) {
  const [down, up, pageDown, pageUp, first, last] = ids;
  const elsewhere = () => {
    const from = pointed(k.run.text());
    return (text: string) => pointed(text) !== from && pointed(text) !== '';
  };
  for (const [a, b, c, d, e, f] of [
    ['j', 'k', 'pagedown', 'pageup', 'g', 'G'],
    ['down', 'up', 'ctrl+d', 'ctrl+u', 'home', 'end'],
  ] as const) {
    await k.key(down, a, elsewhere());
    await k.key(up, b, elsewhere());
    await k.key(pageDown, c, elsewhere());
    await k.key(pageUp, d, elsewhere());
    await k.key(last, f, elsewhere());
    await k.key(first, e, elsewhere());
  }
}

async function details(k: Keyboard, open: () => Promise<void>, sign: string): Promise<void> {
  await scroll(k, 'details');
  await k.copies('copy-details', 'y');
  await k.copies('copy-details-equivalent', 'Y');
  await close(k, 'close-details', sign, open);
}

/** The pane of lag: its rows, its strip, and the filter that lists have. */
export async function lag(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '5', '▐5 Lag▌');
  await move(k, ['row-down', 'row-up', 'page-down', 'page-up', 'first-row', 'last-row']);
  await k.key('explain-lag', 'enter', 'what helps');
  await details(k, async () => k.type('\r', 'what helps'), 'what helps');
  await k.key('stretch-strip', '-', 'last 5 min');
  await k.key('shrink-strip', '+', 'last 60 s');
  await k.key('stretch-strip', '-', 'last 5 min');
  await k.key('shrink-strip', '=', 'last 60 s');
  await k.copies('copy-lag', 'y');
  await k.copies('copy-lag-equivalent', 'Y');
  await k.key('filter-pane', '/', / \/ +┃/);
  await k.type('nothing', 'no group or partition has this text');
  await k.key('clear-field', 'ctrl+u', without('no group or partition'));
  await k.type('orders/1', without('orders/2'));
  await k.key('keep-filter', 'enter', '/ orders/1');
  await k.key('filter-pane', '/');
  await k.key('leave-field', 'esc', 'orders/2');
}

/** The pane of orders: placing, tracing, and the list. */
export async function orders(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '2', '▐2 Orders▌');
  await k.key('place-order', 'enter', / is orders\/\d @ 0/);
  await k.key('edit-order', 'e', '[burrito:1 ');
  await k.key('next-order-field', 'tab');
  await k.type('mine', '[mine ');
  await k.key('next-order-field', 'shift+tab');
  await k.type('2', '[burrito:12 ');
  await k.key('place-order', 'enter', 'mine is orders/');
  await k.run.until(/mine +reserved/);
  await k.key('older-order', 'j', '▸mine');
  await k.copies('copy-order-id', 'y');
  await k.key('repeat-order', 'd', /mine is orders\/\d @ [1-9]/);
  await k.type(':produce --count 20\r', /20 records|20 orders|o-.* orders/);
  await move(k, ['older-order', 'newer-order', 'older-orders', 'newer-orders', 'newest-order', 'oldest-order']);
  await k.key('follow-orders', 'f', without('held; f follows'));
  await k.key('follow-orders', 'f', 'held; f follows');
  await k.key('follow-orders', 'f', without('held; f follows'));
  await k.key('older-order', 'j', /▸(o-|mine)/);
  await k.key('trace-order', 'enter', 'counted');
  await scroll(k, 'trace');
  await k.copies('copy-trace', 'y');
  await close(k, 'close-trace', 'Trace ', async () => k.type('\r', 'counted'));
}

/** The log of facts. */
export async function facts(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '6', '▐6 Analytics▌');
  await k.key('next-pane', 'tab', '▐Facts▌');
  // The last thing that was done; nothing comes after it that would move the list.
  await k.run.until(/▸[\d:]+ +analytics\/1 goes on/);
  await move(k, ['earlier-fact', 'later-fact', 'earlier-facts', 'later-facts', 'newest-fact', 'oldest-fact']);
  await k.key('follow-facts', 'f', 'following');
  await k.copies('copy-fact', 'y');
  await k.copies('copy-fact-equivalent', 'Y');
  await k.key('show-fact', 'enter', '━ Fact ━');
  await k.key('close-details', 'esc', without('━ Fact ━'));
}
