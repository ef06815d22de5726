import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from './clock.ts';
import { type Event, type Fact, isSample } from './event.ts';
import { reduce } from './reduce.ts';
import { initialState, type Pipeline, type State } from './state.ts';

/** The state, and the events that change it. */
export type EventStore = {
  store: StoreApi<State>;
  /** The only way in. Samples are shown at most ten times a second, all else at once. */
  apply(event: Event): void;
  /** Applies a fact that happens now. */
  emit(fact: Fact): void;
  /** Shows at once what has been applied. */
  commit(): void;
  onEvent(listener: (event: Event) => void): () => void;
  /** Takes the timer off; what is applied later is still shown, at once. */
  close(): void;
};

/** Least time between two commits that only samples caused, ms: the eye reads no faster. */
const COMMIT_EVERY_MS = 100;

/** Creates the state of a pipeline before anything happened to it. */
export function createEventStore({ pipeline, clock }: { pipeline: Pipeline; clock: Clock }): EventStore {
  const store = createStore<State>(() => initialState(pipeline, clock.now()));
  const listeners = new Set<(event: Event) => void>();
  let state = store.getState();
  let committedAt = 0;
  let cancel: (() => void) | undefined;
  let closed = false;

  const commit = () => {
    cancel?.();
    cancel = undefined;
    committedAt = clock.now();
    if (store.getState() !== state) store.setState(state, true);
  };
  const commitSoon = () => {
    const wait = committedAt + COMMIT_EVERY_MS - clock.now();
    if (wait <= 0 || closed) return commit();
    cancel ??= clock.setTimer(wait, commit);
  };
  const apply = (event: Event) => {
    state = reduce(state, event);
    if (isSample(event)) commitSoon();
    else commit();
    for (const listener of listeners) listener(event);
  };

  return {
    store,
    apply,
    emit: (fact) => apply({ ...fact, at: clock.now() }),
    commit,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      commit();
    },
  };
}
