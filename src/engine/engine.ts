import type { StoreApi } from 'zustand/vanilla';
import type { Command } from './command.ts';
import type { Event } from './event.ts';
import type { Placer } from './place.ts';
import type { State } from './state.ts';

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** What a command answers: `data` for programs, `text` as plain lines for a person, made by a pure print function. */
export type Result = { data: Json; text: string[] };

/** Said when the engine has closed. */
export type Summary = { forMs: number; commands: number; failed: number };

/** What every door holds, and all that it holds. */
export type Engine = {
  /**
   * Carries a command out and answers when its row in the command table says that it ends. Rejects with a
   * LunchrushError. `expect` and `wait` that do not hold resolve, with an `Expectation` as data (condition.ts).
   * @param options.text the command as written, for events and messages
   */
  dispatch(command: Command, options?: { signal?: AbortSignal; text?: string }): Promise<Result>;
  /** Places one order, with those that come at the same time: the fast way in, without a command's events. */
  place: Placer['place'];
  /** State as plain JSON by noun; committed at most ten times a second for digests and samples, at once for the rest. */
  store: StoreApi<State>;
  /** Hears every event, digests and samples included, in order. Returns the way to stop hearing. */
  onEvent(listener: (event: Event) => void): () => void;
  /** A fact's value in its unit, from the store. Throws COMMAND_REFUSED for an unknown name or where nothing can be said. */
  fact(name: string): number | string;
  /** Brings the named facts up to date: outboxes flushed, the broker asked. */
  refresh(names: string[], signal?: AbortSignal): Promise<void>;
  /** The barrier: resolves when all that was produced is decided, folded, committed and known here. */
  idle(signal?: AbortSignal): Promise<void>;
  /** What `idle` waits for right now, in one sentence; empty when nobody waits. */
  waitsFor(): string;
  /** Ends watcher, producers and workers, in that order. */
  close(): Promise<Summary>;
};
