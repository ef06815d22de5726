import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Event } from '../../src/engine/event.ts';
import type { State } from '../../src/engine/state.ts';
import { createWindow } from '../../src/ui/world.ts';
import { createFakeClock } from '../engine/fake-clock.ts';
import { atRest, saturated } from './states.ts';

function opened(state: State) {
  const clock = createFakeClock();
  const source = createStore<State>(() => state);
  const window = createWindow(source, clock);
  let pictures = 0;
  window.store.subscribe(() => void pictures++);
  return { clock, source, window, pictures: () => pictures };
}

const happened = (state: State): State => ({
  ...state,
  log: [...state.log, { type: 'mark-set', at: 1 } satisfies Event],
});

describe('the picture of the world', () => {
  test('is drawn at most four times a second while only numbers move', async () => {
    const { clock, source, pictures } = opened(saturated());
    for (let i = 0; i < 200; i++) {
      source.setState({ restarts: i });
      await clock.advance(5);
    }
    expect(pictures()).toBeGreaterThanOrEqual(3);
    expect(pictures()).toBeLessThanOrEqual(5);
  });

  test('is drawn once a second at rest, and at once when something happens', async () => {
    const { clock, source, window, pictures } = opened(atRest());
    await clock.advance(500);
    for (let i = 0; i < 30; i++) {
      source.setState({ restarts: i });
      await clock.advance(100);
    }
    expect(pictures()).toBe(3);
    source.setState(happened(source.getState()), true);
    await clock.advance(100);
    expect(window.store.getState().state.log).toHaveLength(atRest().log.length + 1);
  });

  test('stands still while the display is paused, and counts what waits', async () => {
    const { clock, source, window } = opened(atRest());
    window.pause(true);
    const before = window.store.getState().state;
    source.setState(happened(source.getState()), true);
    await clock.advance(3000);
    expect(window.store.getState()).toMatchObject({ state: before, waiting: 1 });
    window.pause(false);
    expect(window.store.getState()).toMatchObject({ state: source.getState(), waiting: 0 });
  });

  test('is drawn no more once it is closed', async () => {
    const { clock, window, pictures } = opened(atRest());
    window.close();
    window.refresh();
    await clock.advance(5000);
    expect(pictures()).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});
