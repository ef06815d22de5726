import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../engine/clock.ts';
import type { State } from '../engine/state.ts';
import { isMoving } from '../engine/watcher.ts';

/** The world as it is drawn: the state, the instant that ages count from, and how many facts wait behind a paused display. */
export type World = { state: State; now: number; waiting: number };

/** A world that the display looks at. */
export type Window = {
  store: StoreApi<World>;
  /** Holds the picture still, or lets it go on. */
  pause(isPaused: boolean): void;
  /** Shows at once what is known, for what the user has just done. */
  refresh(): void;
  close(): void;
};

/** Least time between two pictures, ms: when something has happened, and when only numbers move. The eye reads no faster. */
const PICTURE_MS = { happened: 100, moved: 250 };

/** A picture at least this often, ms, so that ages and the clock go on. */
const AGE_MS = 1000;

/** Draws the state at the eye's rate: four times a second while it moves, ten when things happen, once at rest. */
export function createWindow(source: StoreApi<State>, clock: Clock): Window {
  const look = (): World => ({ state: source.getState(), now: clock.now(), waiting: 0 });
  const store = createStore<World>(look);
  let isPaused = false;
  let isClosed = false;
  let shownAt = 0;
  let cancel: (() => void) | undefined;

  const show = () => {
    cancel?.();
    if (isClosed) return;
    shownAt = clock.now();
    cancel = clock.setTimer(AGE_MS - (shownAt % AGE_MS), show);
    store.setState(isPaused ? { waiting: newer(source.getState(), store.getState().state) } : look());
  };
  const soon = () => {
    const [state, shown] = [source.getState(), store.getState().state];
    // At rest samples say the same again and again: the next picture is soon enough for them.
    if (isPaused || isCalm(state, shown)) return;
    const wait = shownAt + PICTURE_MS[state.log === shown.log ? 'moved' : 'happened'] - clock.now();
    if (wait <= 0) return show();
    cancel?.();
    cancel = clock.setTimer(wait, show);
  };
  const stop = source.subscribe(soon);
  show();
  return {
    store,
    pause(paused) {
      isPaused = paused;
      show();
    },
    refresh: show,
    close() {
      isClosed = true;
      stop();
      cancel?.();
    },
  };
}

/** Nothing happened since, and nothing is on its way. */
function isCalm(state: State, shown: State): boolean {
  return state.log === shown.log && !isMoving(state) && !isMoving(shown);
}

/** Facts that came after the last one shown. */
function newer({ log }: State, shown: State): number {
  const last = shown.log.at(-1);
  return last === undefined ? log.length : log.length - 1 - log.lastIndexOf(last);
}
