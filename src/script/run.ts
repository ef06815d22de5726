import type { Clock } from '../engine/clock.ts';
import type { Expectation } from '../engine/condition.ts';
import type { Engine, Result } from '../engine/engine.ts';
import type { Step } from '../engine/language/parse.ts';
import { toLunchrushError } from '../errors.ts';
import type { Bar } from './bar.ts';
import { type Look, progressOf } from './progress.ts';
import { interruptionOf } from './signals.ts';
import type { Voice } from './voice.ts';

/** How a script is run. Aborting `signal` breaks it off; its reason is an Interruption. */
export type Running = { voice: Voice; bar: Bar; clock: Clock; signal: AbortSignal; keepGoing: boolean };

/** Exit code of an `expect` or `wait` that did not hold. */
const NOT_HELD = 1;

/**
 * Runs checked steps one after the other and tells what happens. The first failure ends the script and decides the exit
 * code that comes back; with `keepGoing` what does not hold is told, and only other failures end it.
 */
export async function runScript(engine: Engine, steps: readonly Step[], running: Running): Promise<number> {
  const { voice, signal, keepGoing } = running;
  for (const event of engine.store.getState().log) voice.event(event);
  const stopHearing = engine.onEvent(voice.event);
  let exit = 0;
  try {
    for (const step of steps) {
      if (signal.aborted) break;
      const code = await runStep(engine, step, running);
      exit ||= code;
      if (step.command.verb === 'quit' || (code !== 0 && !(keepGoing && code === NOT_HELD))) break;
    }
    if (!signal.aborted) exit ||= await stopLoad(engine, voice);
  } finally {
    stopHearing();
  }
  return interruptionOf(signal)?.exit || exit;
}

/** Runs one step and says its exit code. What an interruption does to a command is told by nobody. */
async function runStep(engine: Engine, step: Step, { voice, bar, clock, signal }: Running): Promise<number> {
  const command = step.commandAt(clock.now());
  const began = clock.now();
  const look = () => progressOf(command, lookAt(engine, clock.now() - began));
  const unfollow = bar.follow(step.text, look);
  try {
    const result = await engine.dispatch(command, { signal, text: step.text });
    unfollow();
    return tellResult(step, result, voice);
  } catch (thrown) {
    unfollow();
    if (signal.aborted) return 0;
    const error = toLunchrushError(thrown);
    voice.error(error, step);
    return error.exitCode;
  }
}

function tellResult(step: Step, result: Result, voice: Voice): number {
  const expectation = expectationOf(step, result);
  if (!expectation) {
    voice.result(step, result);
    return 0;
  }
  voice.expectation(step, result, expectation);
  return expectation.holds ? 0 : NOT_HELD;
}

/** `expect` and `wait` always answer with one. */
function expectationOf({ command }: Step, { data }: Result): Expectation | undefined {
  return command.verb === 'expect' || command.verb === 'wait' ? (data as Expectation) : undefined;
}

function lookAt(engine: Engine, forMs: number): Look {
  const fact = (name: string) => {
    try {
      return engine.fact(name);
    } catch {
      return undefined; // Nothing is known of it yet.
    }
  };
  return { state: engine.store.getState(), forMs, waitsFor: engine.waitsFor(), fact };
}

/** A load test in the background does not outlive its script: it ends after a flush, and that is said. */
async function stopLoad(engine: Engine, voice: Voice): Promise<number> {
  if (!engine.store.getState().load.running) return 0;
  try {
    await engine.dispatch({ verb: 'stop', target: 'load' }, { text: 'stop load' });
    const produced = engine.store.getState().load.report?.produced ?? 0;
    voice.note(`the script ended before its load test did: stopped it after ${produced.toLocaleString('en')} records`);
    return 0;
  } catch (thrown) {
    const error = toLunchrushError(thrown);
    voice.error(error);
    return error.exitCode;
  }
}
