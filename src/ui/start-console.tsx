import { type Instance, render } from 'ink';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { EventStore } from '../engine/store.ts';
import { App, type AppProps } from './app.tsx';
import { createEar } from './ear.ts';
import { carryOut, contextOf, type Hands } from './effects.ts';
import { press } from './keymap.ts';
import { type Ear, KeyStdin } from './keys/key-stdin.ts';
import { createOutput } from './output.ts';
import { saveNew } from './save.ts';
import { createScreen } from './screen.ts';
import { createSession } from './session.ts';
import { sessionScript } from './session-script.ts';
import { followSize, sizeOf } from './size.ts';
import { createTerminal, type Lend, type Program } from './terminal.ts';
import { expireToasts } from './toasts.ts';
import { createEye } from './view.ts';
import { createWaysOut, type Leaving } from './ways-out.ts';
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

/** Draws the first frame at once and hears the keys. */
export function startConsole(parts: ConsoleParts): Console {
  const { events, clock, look, process: program } = parts;
  const eye = createEye({ ...look, size: sizeOf(program) });
  const window = createWindow(events.store, clock);
  const screen = createScreen(window.store, eye.store);
  const waysOut = createWaysOut(program);
  let engine: Engine | undefined;
  let lend: Lend | undefined;
  const output = createOutput(program.stdout);
  const terminal = createTerminal(program, output, () => lend);
  const hands: Hands = {
    eye,
    window,
    clock,
    terminal,
    engine: () => engine,
    state: () => events.store.getState(),
    leave: waysOut.quit,
    save: saver(parts),
  };
  const hear = (chord: string) =>
    chord === 'ctrl+c' ? waysOut.interrupt() : carryOut(hands, press(contextOf(hands, chord)));
  const { ear, ready } = createEar(eye, screen, clock, hear);
  const stopToasts = expireToasts(eye, clock);
  const stopSize = followSize(program, eye, clock, terminal.redraw);
  const type = (text: string) => {
    const { typing } = eye.store.getState();
    if (typing) eye.see([{ type: 'typed', field: typing.field, text }]);
  };
  const onTerminal = (given: Lend) => {
    lend = given;
  };
  const app = draw(program, output.stream, ear, {
    screen,
    press: hear,
    type,
    onReady: ready,
    onTerminal,
  });
  const left = waysOut.leave(app).finally(() => {
    stopSize();
    stopToasts();
    window.close();
  });
  return {
    left,
    leave: waysOut.fail,
    attach(started) {
      engine = started;
      window.refresh();
    },
  };
}

/** Writes the session, which it begins to collect, as a script; never over a file that is there. */
function saver({ events }: ConsoleParts): Hands['save'] {
  const session = createSession();
  events.onEvent((event) => session.hear(event, events.store.getState()));
  return async (path) => {
    await saveNew(path, sessionScript(session, events.store.getState(), path));
    return path;
  };
}

function draw({ stdin, stderr }: Program, stdout: NodeJS.WriteStream, ear: Ear, props: AppProps): Instance {
  // Ink only uses what a KeyStdin has of a ReadStream.
  const keys = new KeyStdin(stdin, ear) as unknown as NodeJS.ReadStream;
  return render(<App {...props} />, {
    stdin: keys,
    stdout,
    stderr,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    patchConsole: true,
    exitOnCtrlC: false,
    interactive: true,
  });
}
