import { createStore } from 'zustand/vanilla';
import type { Clock } from '../../src/engine/clock.ts';
import type { Command } from '../../src/engine/command.ts';
import type { Expectation } from '../../src/engine/condition.ts';
import type { Engine, Result } from '../../src/engine/engine.ts';
import type { Event } from '../../src/engine/event.ts';
import { initialState, type State } from '../../src/engine/state.ts';
import type { Out } from '../../src/script/out.ts';

/** A stream that remembers. */
export function memory(isTTY = false): Out & { text(): string; fail(): void } {
  const written: string[] = [];
  const listeners: ((error: Error) => void)[] = [];
  return {
    isTTY,
    columns: 80,
    write: (text) => written.push(text),
    on: (_, listener) => listeners.push(listener),
    text: () => written.join(''),
    fail: () => {
      for (const listener of listeners) listener(new Error('EPIPE'));
    },
  };
}

/** A clock that stands still until `pass` moves it. */
export function stillClock(now = Date.parse('2026-02-19T12:00:00Z')): Clock & { pass(ms: number): void } {
  let timers: { at: number; fn: () => void }[] = [];
  return {
    now: () => now,
    setTimer(ms, fn) {
      const timer = { at: now + ms, fn };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = next.at;
        next.fn();
      }
      now = until;
    },
  };
}

/** What the double of an engine does with a command. */
export type Act = (command: Command, signal: AbortSignal | undefined) => Promise<Result> | Result;

/** The seam that the door sees, with `act` in place of a pipeline. */
export function engineThat(
  act: Act,
): Engine & { done: Command[]; emit(event: Event): void; set(state: Partial<State>): void } {
  const topics = { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dlt' };
  const pipeline = { topics, groups: { inventory: 'inventory-service-group', analytics: 'analytics-group' } };
  const store = createStore<State>(() => initialState(pipeline, 0));
  const listeners = new Set<(event: Event) => void>();
  const done: Command[] = [];
  return {
    done,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    set: (state) => store.setState(state),
    store,
    dispatch: async (command, options) => {
      done.push(command);
      return act(command, options?.signal);
    },
    place: async () => Promise.reject(new Error('a script places orders by command')),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fact: () => 5,
    refresh: async () => undefined,
    idle: async () => undefined,
    waitsFor: () => 'inventory is 3 records behind',
    close: async () => ({ forMs: 1, commands: done.length, failed: 0 }),
  };
}

/** What `expect` and `wait` answer. */
export function found(holds: boolean, sentence = ''): Result {
  const data: Expectation = { holds, sentence, clauses: [], waitedMs: 7 };
  return { data, text: holds ? ['holds'] : [sentence] };
}
