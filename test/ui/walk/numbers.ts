import { type Keyboard, without } from './keyboard.ts';

/** The pane of load: its form, starting and stopping. */
export async function load(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '3', '▐3 Load▌');
  await k.key('new-load', 'n', '▸count');
  await k.key('next-load-field', 'tab', '▸rate');
  await k.key('next-load-field', 'shift+tab', '▸count');
  await k.type('\t\t', '▸shape');
  await k.key('next-shape', 'down', '[ramp ');
  await k.key('next-shape', 'up', '[steady ');
  await k.key('leave-field', 'esc', without('▸shape'));
  await k.key('edit-load', 'enter', '▸count');
  await k.key('leave-field', 'esc', without('▸count'));
  await k.key('edit-load', 'e', '▸count');
  await k.type('50k', '[50k ');
  await k.type('\t\u0015200/s', '[200/s ');
  await k.key('start-written-load', 'enter', '━ running ━');
  await k.key('quit', 'q', 'A load test is running');
  await k.key('cancel-question', 'n', without('[ Cancel ]'));
  await k.key('stop-load', 's', '━ stopped ━');
  await k.key('start-load', 's', '━ running ━');
  await k.key('stop-load', 's', '━ stopped ━');
}

/** The pane of analytics: figures, audit, and the guided replay in all its ways. */
export async function analytics(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '6', '▐6 Analytics▌');
  await k.key('explain-counter', 'enter', 'in scripts');
  await k.key('close-details', 'enter', without('in scripts'));
  await k.copies('copy-counters', 'y');
  await k.copies('copy-replay-equivalent', 'Y');
  await k.key('audit-log', 'A', / audit +\d\d:\d\d:\d\d/);
  const GO = '[ Replay ]';
  await k.key('replay-analytics', 'R', '[ Cancel ]');
  for (const [there, back] of [
    ['right', 'left'],
    ['tab', 'tab'],
  ] as const) {
    await k.key('choose-replay-answer', there, GO);
    await k.key('choose-replay-answer', back, without(GO));
  }
  await k.key('close-replay', 'esc', without('[ Cancel ]'));
  // Analytics that is paused never ends a replay, so that there is time to cancel it.
  await k.type(':pause analytics\r', /analytics\/1 .*paused/);
  await k.type('R', '[ Cancel ]');
  await k.key('choose-replay-answer', 'right', GO);
  await k.key('give-replay-answer', 'enter', 'c cancels it');
  await k.key('cancel-replay', 'c', without('c cancels it'));
  await k.type('\u001b:resume analytics\r', /analytics\/1 .*(goes on|resumed)/);
}
