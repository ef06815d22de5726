import { type Keyboard, without } from './keyboard.ts';

const COMMAND = 'command ━';
const PANES = ['1 Pipeline', '2 Orders', '3 Load', '4 Faults', '5 Lag', '6 Analytics'];

/** Going about, the command line, help: what holds everywhere. Begins and ends in the pane of analytics. */
export async function goAbout(k: Keyboard): Promise<void> {
  for (const [i, name] of PANES.entries()) await k.key('focus-pane', String(i + 1), `▐${name}▌`);
  await k.key('next-pane', 'tab', '▐Facts▌');
  await k.key('previous-pane', 'shift+tab', '▐6 Analytics▌');
  await k.key('zoom-pane', 'z', without('▐6 Analytics▌'));
  await k.key('go-back', 'esc', '▐6 Analytics▌');
  await k.key('pause-display', 'space', 'PAUSED');
  await k.key('pause-display', 'space', without('PAUSED'));
  await k.key('refresh-now', 'r', '▐6 Analytics▌');
  const screens = () => k.run.raw().split('[?1049h').length;
  const before = screens();
  await k.key('redraw-screen', 'ctrl+l', () => screens() > before);
  await k.key('suspend', 'ctrl+z', () => screens() > before + 1);
  await k.run.until('▐6 Analytics▌');
}

/** The command line, from its opening to its history. */
export async function command(k: Keyboard): Promise<void> {
  await k.key('open-palette', ':', COMMAND);
  await k.key('close-palette', 'esc', without(COMMAND));
  await k.key('open-palette', 'ctrl+p', COMMAND);
  await k.type('lo', ': lo');
  await k.key('complete-word', 'tab', ': load ');
  await k.key('clear-line', 'ctrl+u', without(': load '));
  await k.type('say hello', ': say hello');
  await k.key('run-line', 'enter', without(COMMAND));
  await k.key('open-palette', ':', COMMAND);
  await k.key('line-before', 'up', ': say hello');
  await k.key('line-after', 'down', without(': say hello'));
  await k.type('help facts\r', '━ help facts');
  await scroll(k, 'output');
  await k.copies('copy-output', 'y');
  await close(k, 'close-output', 'help facts ━', async () => {
    await k.type(':help facts\r', '━ help facts');
  });
}

/** Help, its filter and its rows. */
export async function help(k: Keyboard): Promise<void> {
  await k.key('open-help', '?', 'Help: Analytics');
  await scroll(k, 'help');
  await k.key('filter-help', '/', / \/ +┃/);
  await k.type('zoom', without('explains'));
  await k.key('keep-help-filter', 'enter', / Enter +keep|\/ filter/);
  await k.key('filter-help', '/');
  await k.key('clear-help-filter', 'esc', /says what the figure counts/);
  await close(k, 'close-help', 'Help: Analytics', async () => k.type('?', 'Help: Analytics'), ['esc', '?', 'q']);
}

/** How many rows an overlay says are below. */
const below = (text: string) => Number(/↓ (\d+) more/.exec(text)?.[1] ?? 0);

/** Scrolls an overlay down and up again by every key; one that fits its frame stays as it is. */
export async function scroll(k: Keyboard, kind: string): Promise<void> {
  const all = below(k.run.text());
  const at = (rows: number) => (text: string) => below(text) === Math.max(0, all - rows);
  await k.key(`scroll-${kind}-down`, 'j', at(1));
  await k.key(`scroll-${kind}-down`, 'down', at(2));
  await k.key(`scroll-${kind}-up`, 'k', at(Math.max(0, Math.min(all, 2) - 1)));
  await k.key(`scroll-${kind}-up`, 'up', at(0));
  for (const [down, up, top] of [
    ['pagedown', 'pageup', 'g'],
    ['space', 'ctrl+u', 'home'],
    ['ctrl+d', 'pageup', 'g'],
  ] as const) {
    await k.key(`scroll-${kind}-page-down`, down, at(Math.min(all, 10)));
    await k.key(`scroll-${kind}-page-up`, up, at(0));
    await k.key(`scroll-${kind}-to-end`, top === 'g' ? 'G' : 'end', at(all));
    await k.key(`scroll-${kind}-to-top`, top, at(0));
  }
}

/** Closes an overlay by each of its keys, opening it again in between. */
export async function close(
  k: Keyboard,
  id: string,
  title: string,
  open: () => Promise<void>,
  chords: readonly string[] = ['esc', 'enter', 'q'],
): Promise<void> {
  for (const [i, chord] of chords.entries()) {
    if (i > 0) await open();
    await k.key(id, chord, without(title));
  }
}
