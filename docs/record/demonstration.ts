import type { Stage } from './stage.ts';

/** A stretch of the demonstration. `playMs` is how long the picture shows it, however long it took. */
export type Scene = { caption: string; playMs: number; play(stage: Stage): Promise<void> };

const ENTER = '\r';
const RIGHT = '\u001b[C';

/** Types as people do, each key once the one before is on the screen. */
async function type(stage: Stage, text: string): Promise<void> {
  for (let length = 1; length <= text.length; length++) {
    stage.press(text.charAt(length - 1));
    await stage.until(text.slice(0, length));
  }
}

/** What a demonstrator would do, and what has to be on the screen before the next step. */
export const SCENES: readonly Scene[] = [
  {
    caption: 'start: an embedded broker, two topics, three workers',
    playMs: 750,
    play: (stage) => stage.until(/LUNCHRUSH.*● running/),
  },
  {
    caption: ':load 10k --rate 500/s',
    playMs: 1250,
    async play(stage) {
      stage.press(':');
      await stage.until('command ━');
      await type(stage, 'load 10k --rate 500/s');
      stage.press(ENTER);
      await stage.until(/sent +1,\d{3}/);
    },
  },
  {
    caption: 'throttle 5ms: lag grows',
    playMs: 1500,
    async play(stage) {
      stage.press('4');
      await stage.until('┏━ 4 Faults');
      stage.press('j');
      await stage.until('▸throttle');
      stage.press(ENTER);
      await type(stage, '5ms');
      stage.press(ENTER);
      await stage.until(/backlog +1,[2-9]\d{2} ↑.*\n/);
    },
  },
  {
    caption: 'kill inventory/1: its successor goes on where it was',
    playMs: 1500,
    async play(stage) {
      stage.press('j');
      await stage.until('▸inventory/1');
      stage.press('K');
      await stage.until('[ Cancel ]');
      stage.press(RIGHT);
      await stage.until('[ Kill ]');
      stage.press(ENTER);
      await stage.until('killed; replaced after');
      await stage.until(/inventory rebalanced/);
      await stage.until(/backlog +(1,[7-9]|[2-9],)\d+ .*\n/);
    },
  },
  {
    caption: 'throttle 0: it recovers',
    playMs: 1250,
    async play(stage) {
      stage.press('k');
      await stage.until('▸throttle');
      stage.press('0');
      await stage.until(/orders +10,000/);
      await stage.until(/waiting +0 /);
      await stage.until(/backlog +0 .*● running/);
    },
  },
  {
    caption: 'replay: the whole log read again, and compared',
    playMs: 875,
    async play(stage) {
      stage.press('6');
      await stage.until('┏━ 6 Analytics');
      stage.press('R');
      await stage.until('[ Cancel ]');
      stage.press(RIGHT);
      await stage.until('[ Replay ]');
      stage.press(ENTER);
      await stage.until(/┃ +identical/);
    },
  },
];
