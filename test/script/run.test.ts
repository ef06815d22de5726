import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/engine/event.ts';
import { parse } from '../../src/engine/language/parse.ts';
import { initialState } from '../../src/engine/state.ts';
import { createBar } from '../../src/script/bar.ts';
import { plainVoice } from '../../src/script/plain.ts';
import { runScript } from '../../src/script/run.ts';
import { type Act, engineThat, found, memory, stillClock } from './fakes.ts';

const clock = stillClock();

function stepsOf(text: string) {
  return parse([{ name: '-e', text }], { now: clock.now(), unattended: true }).steps;
}

function running(stderr = memory()) {
  const voice = plainVoice({ stdout: memory(), stderr, color: false });
  const signal = new AbortController().signal;
  return { voice, bar: createBar(stderr, { clock, ascii: true }), clock, signal, keepGoing: false };
}

describe('running scripts', () => {
  test('a load test that still runs at the end is stopped, and that is said', async () => {
    const stderr = memory();
    const engine = engineThat(({ verb }) => {
      const load = initialState(engine.store.getState().pipeline, 0).load;
      engine.set({ load: { ...load, running: verb !== 'stop' } });
      return { data: null, text: [] };
    });
    expect(await runScript(engine, stepsOf('load 10k --background'), running(stderr))).toBe(0);
    expect(engine.done).toEqual([expect.objectContaining({ verb: 'load' }), { verb: 'stop', target: 'load' }]);
    expect(stderr.text()).toBe('the script ended before its load test did: stopped it after 0 records\n');
  });

  test('events from before it listened are told first, then those that come; digests never', async () => {
    const stderr = memory();
    const lost: Event = { type: 'cluster-lost', reason: 'connection refused', at: 1 };
    const act: Act = () => {
      engine.emit({ type: 'cluster-found', awayForMs: 1500, at: 2 });
      return found(true);
    };
    const engine = engineThat(act);
    engine.set({ log: [lost] });
    await runScript(engine, stepsOf('wait idle'), running(stderr));
    engine.emit(lost);
    expect(stderr.text()).toBe(
      'the cluster does not answer: connection refused; waiting for it\nthe cluster answers again, after 1.5 s\n',
    );
  });

  test('a bar stands on a terminal while a command takes its time, and is gone after it', async () => {
    const stderr = memory(true);
    const engine = engineThat(() => {
      clock.pass(1000);
      return { data: null, text: [] };
    });
    await runScript(engine, stepsOf('sleep 4s'), running(stderr));
    const frames = stderr.text().split('\r\u001b[K');
    expect(frames[1]).toBe('sleep 4s [--------------------] sleeping, 0 s of 4s');
    expect(frames.at(-2)).toBe('sleep 4s [#####---------------] sleeping, 1 s of 4s');
    expect(frames.at(-1)).toBe('');
  });

  test('a relative time counts from when its step runs', async () => {
    const engine = engineThat(() => ({ data: null, text: [] }));
    const steps = stepsOf('replay analytics --from -1m --yes');
    clock.pass(30_000);
    await runScript(engine, steps, running());
    expect(engine.done).toEqual([expect.objectContaining({ from: { type: 'time', at: clock.now() - 60_000 } })]);
  });
});
