import { describe, expect, test } from 'vitest';
import { initialState, type State } from '../../../src/engine/state.ts';
import { faults } from '../../../src/ui/actions/faults.ts';
import { act, press } from '../../../src/ui/keymap.ts';
import type { ActionContext, Outcome } from '../../../src/ui/types.ts';
import { commandsOf, pressed } from '../press.ts';
import { besideOthers, brokerDown, lagging, NOW, view } from '../states.ts';

/** Rows of the pane: fail rate, throttle, inventory/1, inventory/2, analytics/1, broker. */
const ROW = { failRate: 0, throttle: 1, first: 2, second: 3, analytics: 4, broker: 5 };

function on(row: number, chord: string, state: State = lagging(), fields = {}): ActionContext {
  return { state, view: view({ focus: 'faults', cursors: { faults: row }, fields }), now: NOW, chord };
}

function commands(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) => (outcome.do === 'command' ? outcome.command : []));
}

function events(outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome) => (outcome.do === 'see' ? outcome.events : []));
}

describe('keys of the pane of faults', () => {
  test('+ and - turn the knob under the cursor by a step, W and S by ten', () => {
    const turned = (row: number, chord: string) => commands(press(on(row, chord), faults));
    expect(turned(ROW.failRate, '+')).toEqual([{ verb: 'fail-rate', failRate: 0.31 }]);
    expect(turned(ROW.failRate, 'S')).toEqual([{ verb: 'fail-rate', failRate: 0.2 }]);
    expect(turned(ROW.throttle, '-')).toEqual([{ verb: 'throttle', throttleMs: 4 }]);
    expect(turned(ROW.throttle, 'W')).toEqual([{ verb: 'throttle', throttleMs: 15 }]);
    expect(turned(ROW.throttle, '0')).toEqual([{ verb: 'throttle', throttleMs: 0 }]);
  });

  test('a bare number that is typed is meant in the unit on show', () => {
    const typed = (row: number, field: 'fail-rate' | 'throttle', text: string) => {
      const context = on(row, 'enter', lagging(), { [field]: text });
      return press({ ...context, view: { ...context.view, typing: { field, revision: 1 } } }, faults);
    };
    expect(commands(typed(ROW.failRate, 'fail-rate', '45'))).toEqual([{ verb: 'fail-rate', failRate: 0.45 }]);
    expect(commands(typed(ROW.failRate, 'fail-rate', '0.4'))).toEqual([{ verb: 'fail-rate', failRate: 0.4 }]);
    expect(commands(typed(ROW.throttle, 'throttle', '1.5s'))).toEqual([{ verb: 'throttle', throttleMs: 1500 }]);
    expect(events(typed(ROW.throttle, 'throttle', 'much'))).toMatchObject([
      { type: 'toast-shown', text: 'that is no value: it is a duration of up to a minute, such as 20ms' },
    ]);
  });

  test('what is dangerous asks first, and does it only when confirmed', () => {
    for (const chord of ['K', 'M', 'H', 's']) {
      const asked = press(on(ROW.second, chord), faults);
      expect(commands(asked)).toEqual([]);
      expect(events(asked)).toMatchObject([
        { type: 'overlay-opened', overlay: { kind: 'confirm', isGoChosen: false } },
      ]);
    }
    expect(commands(act('kill-worker', on(ROW.second, ''), faults))).toEqual([
      { verb: 'kill', target: 'inventory/2', silent: false },
    ]);
    expect(commands(act('kill-worker-silently', on(ROW.second, ''), faults))).toEqual([
      { verb: 'kill', target: 'inventory/2', silent: true },
    ]);
  });

  test('what is confirmed is what was asked about, however the list moves meanwhile', () => {
    const { view: asked } = pressed(lagging(), { focus: 'faults', cursors: { faults: ROW.second } }, 'K', 'right');
    const { 'inventory/1': gone, ...rest } = lagging().workers;
    const moved = { ...lagging(), workers: rest } as State;
    expect(gone).toBeDefined();
    expect(commandsOf(pressed(moved, asked, 'enter').outcomes)).toEqual([
      { verb: 'kill', target: 'inventory/2', silent: false },
    ]);
    expect(commandsOf(pressed(moved, { ...asked, overlay: null }, 'K', 'right', 'enter').outcomes)).not.toEqual([
      { verb: 'kill', target: 'inventory/2', silent: false },
    ]);
  });

  test('p pauses a worker, and has a paused one go on', () => {
    const state = lagging();
    const worker = state.workers['inventory/1'];
    const paused = { ...state, workers: { ...state.workers, 'inventory/1': { ...worker, paused: true } } } as State;
    expect(commands(press(on(ROW.first, 'p'), faults))).toEqual([{ verb: 'pause', target: 'inventory/1' }]);
    expect(commands(press(on(ROW.first, 'p', paused), faults))).toEqual([{ verb: 'resume', target: 'inventory/1' }]);
  });

  test('a worker is added at once while it gets a partition, and after a question when it would get none', () => {
    expect(commands(press(on(ROW.failRate, 'a'), faults))).toEqual([{ verb: 'workers', kind: 'inventory', count: 3 }]);
    const state = lagging();
    const few = { ...state, topics: { ...state.topics, partitions: 2 } };
    expect(events(press(on(ROW.failRate, 'a', few), faults))).toMatchObject([{ overlay: { kind: 'confirm' } }]);
  });

  test('a worker of another program is looked at, and neither paused nor ended', () => {
    const foreign = 3;
    for (const chord of ['K', 'p', 's', 'M', 'H', 'y']) {
      const outcomes = press(on(foreign, chord, besideOthers()), faults);
      expect(commands(outcomes)).toEqual([]);
      expect(events(outcomes)).toMatchObject([
        { type: 'toast-shown', text: 'lunchrush-inventory-lima-812 is not ours: tell the program that runs it' },
      ]);
    }
    const [opened] = events(press(on(foreign, 'enter', besideOthers()), faults));
    expect(opened).toMatchObject({ overlay: { kind: 'details', title: 'lunchrush-inventory-lima-812' } });
    expect(JSON.stringify(opened)).toContain('/10.0.0.7');
  });

  test('a key that does not fit its row says what to choose', () => {
    expect(events(press(on(ROW.failRate, 'K'), faults))).toMatchObject([
      { text: 'choose a worker first: j goes down' },
    ]);
    expect(events(press(on(ROW.first, '+'), faults))).toMatchObject([
      { text: 'choose fail rate or throttle first: g goes there' },
    ]);
  });

  test('the broker is stopped, started and killed on its own row, and another cluster is left alone', () => {
    expect(commands(act('kill-broker', on(ROW.broker, ''), faults))).toEqual([{ verb: 'broker', action: 'kill' }]);
    const stopped = { ...brokerDown(), cluster: { ...brokerDown().cluster, state: 'stopped' as const } };
    expect(commands(press(on(ROW.broker, 's', stopped), faults))).toEqual([{ verb: 'broker', action: 'start' }]);
    const yours = { ...lagging(), cluster: { ...lagging().cluster, embedded: false } };
    expect(events(press(on(ROW.broker, 'K', yours), faults))).toMatchObject([
      { text: 'the broker at 127.0.0.1:9092 is not ours to stop' },
    ]);
  });

  test('before the pipeline is there, keys say what they wait for', () => {
    const young = initialState(lagging().pipeline, NOW);
    expect(events(press(on(0, 'a', young), faults))).toMatchObject([{ type: 'toast-shown' }]);
  });
});
