import type { Clock } from '../engine/clock.ts';
import type { Command } from '../engine/command.ts';
import type { Engine, Result } from '../engine/engine.ts';
import { parse } from '../engine/language/parse.ts';
import { printCommand } from '../engine/language/print.ts';
import { toLunchrushError } from '../errors.ts';
import { answerTo } from './answer.ts';
import { act } from './keymap.ts';
import { drawOver } from './overlay.ts';
import type { ActionContext, Outcome, Toast, ViewEvent } from './types.ts';
import type { Eye } from './view.ts';
import type { Window } from './world.ts';

/** What carrying outcomes out takes. */
export type Hands = {
  eye: Eye;
  window: Window;
  clock: Clock;
  /** Absent while the pipeline is still being started. */
  engine(): Engine | undefined;
  /** The true state, not the picture of it. */
  state(): ActionContext['state'];
  terminal: { redraw(): void; suspend(): void; copy(text: string): void };
  leave(): void;
  /** Writes the session as a script; gives the file's name. */
  save(path: string): Promise<string>;
};

type Act<D extends Outcome['do']> = (hands: Hands, outcome: Extract<Outcome, { do: D }>) => void;

const DO: { [D in Outcome['do']]: Act<D> } = {
  see: ({ eye, window }, { events }) => {
    eye.see(events);
    for (const { type } of events) {
      if (type === 'display-paused') window.pause(true);
      if (type === 'display-resumed') window.pause(false);
    }
  },
  command: (hands, { command, text, answered }) =>
    void dispatch(hands, command, text ?? printCommand(command), answered),
  script: (hands, { text }) => void runLines(hands, text),
  copy: (hands, { text, what }) => {
    hands.terminal.copy(text);
    toast(hands, `${what} is on the clipboard, if the terminal lets programs write there`, 'good');
  },
  save: (hands, { path }) => {
    const saved = (name: string) =>
      toast(hands, `the session is in ${name}; run it with lunchrush --script ${name}`, 'good');
    hands.save(path).then(saved, (thrown: unknown) => complain(hands, thrown));
  },
  refresh: (hands) => {
    hands
      .engine()
      ?.refresh(['lag', 'total_orders'])
      .then(hands.window.refresh, (thrown: unknown) => complain(hands, thrown));
  },
  redraw: ({ terminal }) => terminal.redraw(),
  suspend: ({ terminal }) => terminal.suspend(),
  leave: ({ leave }) => leave(),
};

/** Carries out what a keystroke led to. Nothing is awaited: what becomes of a command arrives as events. */
export function carryOut(hands: Hands, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    // The row was found by the outcome's own kind.
    const carry = DO[outcome.do] as (hands: Hands, outcome: Outcome) => void;
    carry(hands, outcome);
  }
}

/** Where an action stands now. */
export function contextOf(hands: Hands, chord: string): ActionContext {
  const context = { state: hands.state(), view: hands.eye.store.getState(), now: hands.clock.now(), chord };
  const over = drawOver({ ...context, waiting: 0 }, context.view);
  return over ? { ...context, scrollEnd: over.scrollEnd } : context;
}

function toast({ eye, clock }: Hands, text: string, tone: Toast['tone']): void {
  eye.see([{ type: 'toast-shown', text, tone, at: clock.now() }]);
}

function complain(hands: Hands, thrown: unknown): void {
  const { message, fix } = toLunchrushError(thrown);
  toast(hands, fix ? `${message}; ${fix}` : message, 'bad');
}

/** Gives a command to the engine. True when it was carried out. */
async function dispatch(
  hands: Hands,
  command: Command,
  text: string,
  answered?: (result: Result) => ViewEvent[],
): Promise<boolean> {
  const engine = hands.engine();
  if (!engine) {
    toast(hands, `not yet: ${hands.state().start.what}`, 'work');
    return false;
  }
  hands.eye.see([{ type: 'line-remembered', text, at: hands.clock.now() }, { type: 'hint-closed' }]);
  hands.window.refresh();
  try {
    const result = await engine.dispatch(command, { text });
    hands.eye.see(answered ? answered(result) : answerTo(command, text, result, hands.clock.now()));
    return true;
  } catch (thrown) {
    complain(hands, thrown);
    return false;
  }
}

/** Runs a line of the palette, its commands one after the other until one fails. */
async function runLines(hands: Hands, text: string): Promise<void> {
  const { steps } = parse([{ name: ':', text }], { now: hands.clock.now(), unattended: false });
  for (const step of steps) {
    const command = step.commandAt(hands.clock.now());
    if (command.verb === 'quit') return hands.leave();
    if (isUnconfirmed(command)) return carryOut(hands, act('replay-analytics', contextOf(hands, '')));
    if (!(await dispatch(hands, command, step.text))) return;
  }
}

/** A whole replay without `--yes`: here somebody can be asked. */
function isUnconfirmed(command: Command): boolean {
  if (command.verb !== 'replay' || command.action !== 'run') return false;
  return !command.yes && !command.preview && command.from.type === 'beginning';
}
