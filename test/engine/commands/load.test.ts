import { describe, expect, test } from 'vitest';
import { printLoad } from '../../../src/engine/commands/load.ts';
import type { CommandOf } from '../../../src/engine/hall.ts';
import type { LoadPlan, Question } from '../../../src/workers/messages.ts';
import { settle } from '../fake-clock.ts';
import { createFakeEngine, loadDigest, NO_PERCENTILES } from '../fake-hall.ts';

const LOAD: CommandOf<'load'> = {
  verb: 'load',
  rate: 'max',
  shape: 'steady',
  duplicates: 0,
  malformed: 0,
  hot: 0,
  reuseIds: false,
  background: false,
};

function parts() {
  const all = createFakeEngine();
  const plans: LoadPlan[] = [];
  all.supervisor.startLoad = async (plan) => {
    plans.push(plan);
    all.events.emit({ type: 'load-started', slot: 'load/1', plan });
  };
  const finish = (stopped = false) => {
    const report = loadDigest({ run: plans[0]?.run ?? '', produced: 7 });
    all.events.emit({ type: 'load-finished', slot: 'load/1', report, stopped });
  };
  return { ...all, plans, finish };
}

describe('load', () => {
  test('it ends with the report when all is acknowledged', async () => {
    const { engine, finish, plans } = parts();
    let ended = false;
    const loaded = engine.dispatch(LOAD).finally(() => (ended = true));
    await settle();
    expect(ended).toBe(false);
    finish();
    expect((await loaded).data).toMatchObject({ run: plans[0]?.run, produced: 7, stopped: false });
  });

  test('without a count and a duration it is ten thousand records; with a duration alone there is no count', async () => {
    const { engine, plans } = parts();
    const background = { ...LOAD, background: true };
    await engine.dispatch(background);
    await engine.dispatch({ ...background, durationMs: 5000 });
    await engine.dispatch({ ...background, durationMs: 5000, count: 3 });
    expect(plans.map(({ count, durationMs }) => [count, durationMs])).toEqual([
      [10_000, undefined],
      [undefined, 5000],
      [3, 5000],
    ]);
  });

  test('ids differ from run to run, unless they are to be the same', async () => {
    const { engine, plans, clock } = parts();
    for (const reuseIds of [false, false, true, true]) {
      await engine.dispatch({ ...LOAD, background: true, reuseIds });
      await clock.advance(1);
    }
    const [first, second, third, fourth] = plans.map((plan) => plan.run);
    expect(first).not.toBe(second);
    expect(third).toBe(fourth);
  });

  test('in the background it ends when it has begun', async () => {
    const { engine, events } = parts();
    await engine.dispatch({ ...LOAD, background: true });
    expect(events.store.getState().load.running).toBe(true);
  });

  test('analytics is told which run to measure before the run begins', async () => {
    const { engine, supervisor, plans } = parts();
    const asked: Question[] = [];
    supervisor.onAsk = async (_, question) => {
      expect(plans).toEqual([]);
      asked.push(question);
      return null;
    };
    await engine.dispatch({ ...LOAD, background: true });
    expect(asked).toEqual([{ type: 'measure-load', run: plans[0]?.run }]);
  });

  test('an interruption ends the test cleanly and reports what was sent', async () => {
    const { engine, supervisor, finish } = parts();
    supervisor.stopLoad = async () => finish(true);
    const stop = new AbortController();
    const loaded = engine.dispatch(LOAD, { signal: stop.signal });
    await settle();
    stop.abort();
    expect((await loaded).data).toMatchObject({ stopped: true, produced: 7 });
  });

  test('stop load ends one that runs in the background, with its report', async () => {
    const { engine, supervisor, finish } = parts();
    supervisor.stopLoad = async () => finish(true);
    await engine.dispatch({ ...LOAD, background: true });
    const { text } = await engine.dispatch({ verb: 'stop', target: 'load' });
    expect(text[0]).toMatch(/^stopped after 7 records/);
  });

  test('one whose worker dies fails with the reason', async () => {
    const { engine, events } = parts();
    const loaded = engine.dispatch(LOAD);
    loaded.catch(() => {});
    await settle();
    events.emit({ type: 'worker-died', slot: 'load/1', incarnation: 1, reason: 'out of memory', retryInMs: null });
    await expect(loaded).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: 'the load test was lost with its worker: out of memory',
    });
  });

  test('the report names the loop, leaves out what did not happen, and aligns percentiles', () => {
    const publish = { count: 9_500, p50: 1.25, p99: 12, p999: 1500, max: 65_000 };
    const report = loadDigest({
      produced: 10_000,
      distinct: 9_500,
      duplicates: 500,
      elapsedMs: 2000,
      achieved: 5000,
      publish,
    });
    expect(printLoad(report, false, NO_PERCENTILES)).toEqual([
      '10,000 records in 2.0 s: 5,000/s (closed loop, as fast as acknowledged)',
      'distinct    9,500',
      'duplicates    500',
      '         count      p50    p99  p99.9     max',
      'publish  9,500  1.25 ms  12 ms  1.5 s  1m 05s',
    ]);
    expect(printLoad(loadDigest({ rate: 2000, late: 3 }), true, NO_PERCENTILES)).toEqual([
      'stopped after 10 records in 100 ms: 100/s (open loop, 2,000/s wanted)',
      'distinct  10',
      'late       3',
    ]);
  });
});
