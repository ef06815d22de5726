import { writeFile } from 'node:fs/promises';
import { render } from 'ink';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { EventStore } from '../engine/store.ts';
import { App } from './app.tsx';
import { carryOut, contextOf, type Hands } from './effects.ts';
import { press } from './keymap.ts';
import { KeyStdin } from './keys/key-stdin.ts';
import { createScreen, type Screen } from './screen.ts';
import { createSession } from './session.ts';
import { sessionScript } from './session-script.ts';
import { createTerminal, type Lend, type Program } from './terminal.ts';
import { nameOf } from './text-field.tsx';
import { createEye, type Eye } from './view.ts';
import { EXITS, type Leaving, watchWaysOut } from './ways-out.ts';
import { createWindow } from './world.ts';

export type { Leaving } from './ways-out.ts';

/** A console that stands. */
export type Console = {
  /** Resolves when the screen has been left and the terminal is as it was. */
  left: Promise<Leaving>;
  /** Hands over the engine; until then commands are answered with what is being started. */
  attach(engine: Engine): void;
  /** Leaves because of an error. */
  leave(error: unknown): void;
};

/** What a console is started with; the pipeline may still be far from running. */
export type ConsoleParts = {
  events: Pick<EventStore, 'store' | 'onEvent'>;
  clock: Clock;
  look: { color: boolean; ascii: boolean };
  process: Program;
};

/** How long a sentence above the footer stays, ms. */
const TOAST_MS = 6000;

/** Draws the first frame at once and hears the keys. */
export function startConsole({ events, clock, look, process: program }: ConsoleParts): Console {
  const { stdin, stdout, stderr } = program;
  const eye = createEye({ ...look, size: sizeOf(program) });
  const window = createWindow(events.store, clock);
  const screen = createScreen(window.store, eye.store);
  const session = createSession();
  events.onEvent((event) => session.hear(event, events.store.getState()));
  let engine: Engine | undefined;
  let lend: Lend | undefined;
  let settle: (leaving: Leaving) => void = () => undefined;
  let isLeaving = false;
  let readyField = '';
  const left = new Promise<Leaving>((resolve) => {
    settle = resolve;
  });

  const leave = (leaving: Leaving): boolean => {
    if (isLeaving) return false;
    isLeaving = true;
    app.unmount();
    void app
      .waitUntilExit()
      .catch(() => undefined)
      .then(() => {
        window.close();
        settle(leaving);
      });
    return true;
  };
  const hands: Hands = {
    eye,
    window,
    clock,
    engine: () => engine,
    state: () => events.store.getState(),
    terminal: createTerminal(program, () => lend),
    leave: () => void leave({ exit: 0 }),
    async save(path) {
      await writeFile(path, sessionScript(session, events.store.getState(), path), { flag: 'wx' });
      return path;
    },
  };
  const hear = (chord: string) => {
    if (chord === 'ctrl+c') return void leave({ exit: EXITS.SIGINT });
    carryOut(hands, press(contextOf(hands, chord)));
  };
  const keys = new KeyStdin(stdin, {
    typing: () => newlineIn(eye),
    isReady: () => isListening(screen.getState(), readyField),
    control: hear,
    stray: () =>
      eye.see([
        { type: 'toast-shown', text: 'nothing here takes a paste: press : first', tone: 'work', at: clock.now() },
      ]),
  });
  const forgetToast = expireToasts(eye, clock);
  watchWaysOut(program, leave);
  const resized = () => eye.see([{ type: 'resized', ...sizeOf(program) }]);
  stdout.prependListener('resize', resized);
  const app = render(
    <App
      screen={screen}
      press={hear}
      type={(text) => typed(eye, text)}
      onReady={(name) => {
        readyField = name;
      }}
      onTerminal={(given) => {
        lend = given;
      }}
    />,
    // Ink only uses what a KeyStdin has of a ReadStream.
    {
      stdin: keys as unknown as NodeJS.ReadStream,
      stdout,
      stderr,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 30,
      patchConsole: true,
      exitOnCtrlC: false,
      interactive: true,
    },
  );
  app.waitUntilExit().catch((error: unknown) => {
    if (!isLeaving) {
      isLeaving = true;
      settle({ exit: 70, error });
    }
  });
  void left.then(() => {
    stdout.off('resize', resized);
    forgetToast();
  });
  return {
    left,
    attach: (started) => {
      engine = started;
      window.refresh();
    },
    leave: (error) => void leave({ exit: 70, error }),
  };
}

function sizeOf({ stdout }: Program): { columns: number; rows: number } {
  return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

/** What a line end becomes in the field in use: commands go on after a semicolon, other texts have one line. */
function newlineIn({ store }: Eye): { newline: string } | undefined {
  const { typing } = store.getState();
  return typing ? { newline: typing.field === 'palette' ? '; ' : ' ' } : undefined;
}

/** Whether what is typed would reach the field that it is meant for. One that is not in sight is not waited for. */
function isListening({ field }: Screen, ready: string): boolean {
  return field === null || nameOf(field) === ready;
}

function typed(eye: Eye, text: string): void {
  const { typing } = eye.store.getState();
  if (typing) eye.see([{ type: 'typed', field: typing.field, text }]);
}

/** Takes each toast away when it has been there long enough to be read. */
function expireToasts(eye: Eye, clock: Clock): () => void {
  let cancel = () => {};
  const stop = eye.store.subscribe(({ toast }, { toast: before }) => {
    if (toast === before) return;
    cancel();
    if (toast) cancel = clock.setTimer(TOAST_MS, () => eye.see([{ type: 'toast-gone' }]));
  });
  return () => {
    stop();
    cancel();
  };
}
