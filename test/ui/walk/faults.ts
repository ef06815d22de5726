import { type Keyboard, without } from './keyboard.ts';

const CANCEL = '[ Cancel ]';

/** Answers a question that is open with the dangerous choice. */
async function go(k: Keyboard, chord: 'left' | 'right' | 'tab'): Promise<void> {
  await k.run.until(CANCEL);
  await k.key('choose-answer', chord, without(CANCEL));
  await k.key('give-answer', 'enter', /1-6 panes/);
}

/** Knobs: by steps, by ten, and by their value. */
export async function knobs(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '4', '▐4 Faults▌');
  const shows = (percent: string) => new RegExp(`fail rate .* ${percent} %.*applied by 1 of 1`);
  await k.key('raise-knob', '+', shows('1\\.0'));
  await k.key('raise-knob', '=', shows('2\\.0'));
  await k.key('lower-knob', '-', shows('1\\.0'));
  await k.key('raise-knob-by-ten', 'W', shows('11\\.0'));
  await k.key('lower-knob-by-ten', 'S', shows('1\\.0'));
  await k.key('raise-knob-by-ten', 'W', shows('11\\.0'));
  await k.key('lower-knob-by-ten', '_', shows('1\\.0'));
  await k.key('reset-knob', '0', shows('0\\.0'));
  await k.key('type-knob', 'enter', / Enter +set/);
  await k.type('30');
  await k.key('set-knob', 'enter', shows('30\\.0'));
}

/** Workers: everything that can be done to one, the harsher things asked for and left alone. */
export async function workers(k: Keyboard): Promise<void> {
  await k.type('jj', '▸inventory/1');
  await k.key('pause-worker', 'p', /inventory\/1 +● paused/);
  await k.key('resume-worker', 'p', /inventory\/1 +● running/);
  await k.key('add-worker', 'a', /inventory\/2 +● running/);
  await k.key('stop-worker', 's', 'Stop inventory/1');
  await go(k, 'right');
  await k.run.until(/inventory\/1 +● stopped/);
  await k.key('start-worker', 's', /inventory\/1 +● running/);
  await k.key('remove-worker', 'x', 'Remove a worker');
  await go(k, 'left');
  await k.run.until(without('inventory/2 '));
  await k.key('kill-worker', 'K', 'Kill inventory/1');
  await go(k, 'tab');
  await k.run.until(/1 restart/);
  await k.run.until(/inventory\/1 +● running/);
  await k.key('kill-worker-silently', 'M', 'Kill silently');
  await k.key('cancel-question', 'esc', without(CANCEL));
  await k.key('hang-worker', 'H', 'Hang inventory/1');
  await k.key('cancel-question', 'n', without(CANCEL));
  await k.key('show-worker', 'enter', '━ inventory/1 ━');
  await k.key('close-details', 'q', without('━ inventory/1 ━'));
  await k.copies('copy-worker', 'y');
  await k.copies('copy-worker-equivalent', 'Y');
}

/** The broker: stopped, started, and nearly killed. */
export async function broker(k: Keyboard): Promise<void> {
  await k.key('focus-pane', '4', '▐4 Faults▌');
  await k.type('G', '▸broker');
  await k.key('stop-broker', 's', 'Stop the broker');
  await go(k, 'right');
  await k.run.until(/broker +● stopped/);
  await k.key('start-broker', 's', /broker +● running/);
  await k.key('kill-broker', 'K', 'Kill the broker');
  await k.key('cancel-question', 'esc', without(CANCEL));
}
