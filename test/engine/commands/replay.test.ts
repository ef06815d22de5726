import { describe, expect, test } from 'vitest';
import { printPreview } from '../../../src/engine/commands/replay.ts';
import type { CommandOf } from '../../../src/engine/hall.ts';
import { LunchrushError } from '../../../src/errors.ts';
import type { Question, ReplayPreview } from '../../../src/workers/messages.ts';
import { settle } from '../fake-clock.ts';
import { analyticsDigest, createFakeEngine, NO_TOTALS } from '../fake-hall.ts';

const SLOT = 'analytics/1';
const RUN = { verb: 'replay', action: 'run', from: { type: 'beginning' }, preview: false, yes: true } as const;
const IDENTICAL = { type: 'identical', records: 20, forMs: 1500, digest: 'abcd', removed: 0 } as const;
const PLACE = { topic: 'orders', partition: 1, from: 4, to: 5, held: '1', replayed: '2', counter: 'total_orders' };
const DIFFERENT = { type: 'different', records: 20, forMs: 5, sentence: 'they part at offset 4', ...PLACE } as const;

function parts() {
  const all = createFakeEngine();
  const asked: Question[] = [];
  all.supervisor.onAsk = async (_, question) => {
    asked.push(question);
    return null;
  };
  const stop = new AbortController();
  const replay = (command: CommandOf<'replay'> = RUN) => {
    const promise = all.engine.dispatch(command, { signal: stop.signal });
    promise.catch(() => {});
    return promise;
  };
  return { ...all, asked, stop, replay };
}

describe('replay', () => {
  test('it ends when the digests are compared and are the same', async () => {
    const { replay, events, asked } = parts();
    const replayed = replay();
    await settle();
    expect(asked).toEqual([{ type: 'start-replay', from: { type: 'beginning' } }]);
    events.emit({ type: 'replay-identical', slot: SLOT, verdict: IDENTICAL });
    expect((await replayed).text).toEqual(['identical: 20 records in 1.5 s, digest abcd']);
  });

  test('a difference is an error that says where', async () => {
    const { replay, events } = parts();
    const replayed = replay();
    await settle();
    events.emit({ type: 'replay-differed', slot: SLOT, verdict: DIFFERENT });
    await expect(replayed).rejects.toMatchObject({
      code: 'REPLAY_DIFFERS',
      message: 'they part at offset 4',
      exitCode: 4,
    });
  });

  test('a window reports what it counted', async () => {
    const { replay, events } = parts();
    const replayed = replay({ ...RUN, from: { type: 'time', at: 5 } });
    await settle();
    const totals = { ...NO_TOTALS, total_orders: 12, total_reservations: 11, failed_reservations: 2 };
    events.emit({ type: 'replay-reported', slot: SLOT, verdict: { type: 'window', records: 23, forMs: 9, totals } });
    expect((await replayed).text).toEqual(['window read: 23 records in 9 ms: 12 orders, 11 reservations, 2 failed']);
  });

  test('without a yes nothing is asked of the worker', async () => {
    const { replay, asked } = parts();
    await expect(replay({ ...RUN, yes: false })).rejects.toMatchObject({ code: 'COMMAND_REFUSED' });
    expect(asked).toEqual([]);
  });

  test('a preview only looks', async () => {
    const { replay, supervisor } = parts();
    const ranges = [{ topic: 'orders', partition: 0, from: 0, to: 1200, removed: 0 }];
    const preview: ReplayPreview = { full: true, ranges, records: 1200, etaMs: 40 };
    supervisor.onAsk = async (_, question) => (question.type === 'preview-replay' ? preview : null);
    expect((await replay({ ...RUN, yes: false, preview: true })).data).toEqual(preview);
    expect(printPreview(preview)).toEqual([
      'partition  from     to  records  gone',
      'orders/0      0  1,200    1,200     0',
      '1,200 records, about 40 ms; compares and swaps',
    ]);
  });

  test('an interruption cancels it', async () => {
    const { replay, asked, stop } = parts();
    const replayed = replay();
    await settle();
    stop.abort();
    await expect(replayed).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    expect(asked.at(-1)).toEqual({ type: 'settle-replay', how: 'cancel' });
  });

  test.each(['cancel', 'accept', 'undo'] as const)('%s settles it', async (how) => {
    const { replay, asked } = parts();
    await replay({ verb: 'replay', action: how });
    expect(asked).toEqual([{ type: 'settle-replay', how }]);
  });

  describe('when its worker dies in the middle', () => {
    const died = () => {
      const all = parts();
      all.supervisor.onAsk = () => Promise.reject(new LunchrushError('WORKER_FAILED', 'analytics/1 died'));
      const replayed = all.replay();
      const back = (replay: boolean) => {
        const state = {
          phase: 'folding',
          ranges: [],
          folded: 1,
          records: 2,
          held: NO_TOTALS,
          replayed: NO_TOTALS,
        } as const;
        const digest = analyticsDigest({ replay: replay ? { ...state, ranges: [] } : null });
        all.events.emit({ type: 'digest-arrived', digest });
      };
      return { ...all, replayed, back };
    };

    test('it is waited for if the next thread goes on with it', async () => {
      const { replayed, back, events } = died();
      await settle();
      back(true);
      await settle();
      events.emit({ type: 'replay-identical', slot: SLOT, verdict: IDENTICAL });
      expect((await replayed).data).toMatchObject({ type: 'identical' });
    });

    test('it fails if the next thread does not', async () => {
      const { replayed, back } = died();
      await settle();
      back(false);
      await expect(replayed).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    });
  });
});
