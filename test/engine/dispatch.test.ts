import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/engine/event.ts';
import { faultOfCode, KafkaFault } from '../../src/kafka/errors.ts';
import { settle } from './fake-clock.ts';
import { createFakeEngine } from './fake-hall.ts';

function heard() {
  const all = createFakeEngine();
  const events: Event[] = [];
  all.engine.onEvent((event) => {
    if (event.type.startsWith('command-')) events.push(event);
  });
  return { ...all, heard: events };
}

describe('dispatch', () => {
  test('a command is told when it starts and when it ends, with its text as written', async () => {
    const { engine, heard: events } = heard();
    await engine.dispatch({ verb: 'say', text: 'hello' }, { text: '  say hello' });
    expect(events).toMatchObject([
      { type: 'command-started', id: 1, text: '  say hello', command: { verb: 'say' } },
      { type: 'command-finished', id: 1 },
    ]);
  });

  test('a failed one is told with its error, and rejects with it', async () => {
    const { engine, heard: events } = heard();
    const failed = engine.dispatch({ verb: 'kill', target: 'load', silent: false });
    await expect(failed).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
    expect(events.at(-1)).toMatchObject({ type: 'command-failed', error: { code: 'COMMAND_REFUSED' } });
  });

  test('a failure of Kafka is never taken for a fault of ours', async () => {
    const { engine, cluster } = heard();
    cluster.topics = () => Promise.reject(new KafkaFault(faultOfCode(29, 'topics')));
    await expect(engine.dispatch({ verb: 'topics' })).rejects.toMatchObject({ code: 'KAFKA_REFUSED' });
  });

  test('commands run beside each other, and the store says which', async () => {
    const { engine, clock } = heard();
    const slept = engine.dispatch({ verb: 'sleep', forMs: 100 }, { text: 'sleep 100ms' });
    await engine.dispatch({ verb: 'say', text: 'meanwhile' });
    expect(Object.values(engine.store.getState().commands)).toMatchObject([{ id: 1, text: 'sleep 100ms' }]);
    await clock.advance(100);
    await slept;
    expect(engine.store.getState().commands).toEqual({});
  });

  test('an interrupted sleep says so and leaves no timer', async () => {
    const { engine, clock } = heard();
    const stop = new AbortController();
    const slept = engine.dispatch({ verb: 'sleep', forMs: 100 }, { signal: stop.signal });
    await settle();
    stop.abort();
    await expect(slept).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    expect(clock.pending()).toBe(0);
  });
});

describe('engine', () => {
  test('closing ends the workers, leaves no timer and sums up', async () => {
    const { engine, supervisor, clock } = heard();
    await engine.start();
    await engine.dispatch({ verb: 'say', text: 'hello' });
    await engine.dispatch({ verb: 'stop', target: 'load' }).catch(() => {});
    await clock.advance(2000);
    expect(await engine.close()).toEqual({ forMs: 2000, commands: 2, failed: 1 });
    expect(supervisor.told).toEqual(['close']);
    await clock.advance(2000);
    expect(clock.pending()).toBe(0);
  });

  test('a fact that is none, or of which nothing is known, is refused', () => {
    const { engine } = heard();
    expect(engine.fact('total_orders')).toBe(0);
    expect(() => engine.fact('beer')).toThrow('there is no fact beer');
    expect(() => engine.fact('lag.theirs')).toThrow('nothing is known of lag.theirs');
  });

  test('workers that do not answer a refresh are an error after five seconds', async () => {
    const { engine, supervisor, clock } = heard();
    supervisor.flush = () => new Promise(() => {});
    const refreshed = engine.refresh(['total_orders']);
    refreshed.catch(() => {});
    await clock.advance(5000);
    await expect(refreshed).rejects.toMatchObject({ code: 'TIMED_OUT' });
    await engine.refresh(['lag']);
  });
});
