import { describe, expect, test } from 'vitest';
import { parse } from '../../src/engine/language/parse.ts';
import type { State } from '../../src/engine/state.ts';
import { printBar } from '../../src/script/bar.ts';
import { progressOf } from '../../src/script/progress.ts';
import { engineThat } from './fakes.ts';

const empty = engineThat(() => ({ data: null, text: [] })).store.getState();

function progress(line: string, state: Partial<State> = {}, forMs = 0) {
  const [step] = parse([{ name: 'x', text: line }], { now: 0, unattended: false }).steps;
  const look = { state: { ...empty, ...state }, forMs, waitsFor: 'lag 3', fact: () => 7 };
  return step && progressOf(step.command, look);
}

describe('progress', () => {
  test('of a load is what was acknowledged of what is to be sent', () => {
    const report = { produced: 2500, achieved: 1234.5 } as State['load']['report'];
    const load = { plan: null, report, running: true, stopped: false };
    expect(progress('load 10k', { load })).toEqual({ share: 0.25, words: '2,500 of 10,000 records, 1,235/s' });
    expect(progress('load --duration 10s', { load }, 5000)).toEqual({ share: 0.5, words: '2,500 records, 1,235/s' });
  });

  test('of a wait is what it waits for, and its time', () => {
    expect(progress('wait idle', {}, 30_000)).toEqual({ share: 0.5, words: 'lag 3, 30 s of 1m' });
    expect(progress('wait pending == 0 and lag == 0 --timeout 4s', {}, 1000)).toEqual({
      share: 0.25,
      words: 'pending is 7, lag is 7, 1 s of 4s',
    });
    expect(progress('wait event mark-set --timeout 0')).toEqual({
      share: undefined,
      words: 'waiting for mark-set, 0 s of 0ms',
    });
  });

  test('of a replay is what it has folded', () => {
    const running = { phase: 'folding', folded: 10, records: 40 } as State['replay']['running'];
    expect(progress('replay analytics', { replay: { ...empty.replay, running } })).toEqual({
      share: 0.25,
      words: 'folding, 10 of 40 records',
    });
    expect(progress('replay analytics')).toEqual({ share: undefined, words: 'beginning' });
  });

  test('of what ends at once there is none', () => {
    expect(progress('lag')).toBeUndefined();
  });

  test('a bar is never longer than its frame', () => {
    expect(printBar('x', { share: 1.7, words: 'w' }, false)).toBe('x [████████████████████] w');
    expect(printBar('x', { share: undefined, words: 'w' }, false)).toBe('x w');
  });
});
