import { describe, expect, test } from 'vitest';
import { ODDITIES, SUMS } from '../../../src/ui/panes/analytics/counters.ts';
import { analyticsPane } from '../../../src/ui/panes/analytics.ts';
import { drawn, overflow } from '../screen.ts';
import { empty, lagging, NOW, replayDiffers, replaying, TOTALS, view } from '../states.ts';

describe('the pane of analytics', () => {
  test('what the log adds up to - in a third of 120 columns', () => {
    expect(
      drawn(analyticsPane, lagging(), 38, 10, { focus: 'analytics' }).replaceAll(/^ \d\d:\d\d/gm, ' HH:MM'),
    ).toMatchInlineSnapshot(`
      "
      ▸orders    128,402  duplicates  1,284
       ids       127,118  redelivered   212
       reserved   87,241  malformed       0
       failed     37,739  conflicts       0
       fail rate  30.2 %  repeated        0
       waiting     2,138  foreign         0

       HH:MM ████████████████████    71,204
       HH:MM ████████████████        57,198
       R reads the log again and compares
      "
    `);
  });

  test('what the log adds up to - in 80 columns, with the figure under the cursor explained', () => {
    const shown = drawn(analyticsPane, lagging(), 78, 15, { focus: 'analytics', cursors: { analytics: 7 } });
    expect(shown.replaceAll(/^ \d\d:\d\d/gm, ' HH:MM')).toMatchInlineSnapshot(`
      "
       orders               128,402      duplicates             1,284
       ids                  127,118     ▸redelivered              212
       reserved              87,241      malformed                  0
       failed                37,739      conflicts                  0
       fail rate             30.2 %      repeated                   0
       waiting                2,138      foreign                    0

       HH:MM ████████████████████████████████████████████████████████████    71,204
       HH:MM ████████████████████████████████████████████████                57,198

       R reads the log again and compares

       redelivered: Outcomes that were written again after a crash; dropped, so
       that nothing is counted twice.
      "
    `);
  });

  test('before anything is known there are no figures', () => {
    expect(drawn(analyticsPane, empty(), 38, 8)).toMatchInlineSnapshot(`
      "
       orders          –  duplicates      –
       ids             –  redelivered     –
       reserved        –  malformed       –
       failed          –  conflicts       –
       fail rate       –  repeated        –
       waiting         –  foreign         –
       R reads the log again and compares
      "
    `);
  });

  test('while a replay runs the held figures stay, and it says how far it is', () => {
    expect(drawn(analyticsPane, replaying(), 60, 10).split('\n').slice(-3).join('\n')).toMatchInlineSnapshot(`
      " replay the numbers on show are held
       ████████████████████████████░░░░░░░░  77 %
      "
    `);
    expect(analyticsPane.note?.(replaying(), view(), NOW)).toBe('held');
  });

  test('a replay that differs says where, and which key asks what to keep', () => {
    expect(drawn(analyticsPane, replayDiffers(), 60, 10).split('\n').slice(-4).join('\n')).toMatchInlineSnapshot(`
      " replay differs: reserved of inventory-events/2 is 41 in
       the held state and 40 in the replayed one; they first par…
       R shows both; keep one of them
      "
    `);
  });

  test('what the last replay said is told in full, in a narrow box as in a wide one', () => {
    const verdict = { type: 'identical', records: 253_394, forMs: 900, digest: '9f2c41aa', removed: 0 } as const;
    const state = { ...lagging(), replay: { running: null, last: verdict, lastAt: NOW - 60_000 } };
    const last = (width: number) => drawn(analyticsPane, state, width, 12).trimEnd().split('\n').slice(-2).join('\n');
    expect(last(38)).toBe(' replay 12:01:31 identical:\n 253,394 records, 900 ms');
    expect(last(60)).toBe('\n replay 12:01:31 identical: 253,394 records, 900 ms');
  });

  test('figures of a worker that is gone are those of the past', () => {
    const state = lagging();
    const { 'analytics/1': _, ...workers } = state.workers;
    const old = { ...state, workers, analytics: { ...state.analytics, at: NOW - 12_000 } };
    expect(analyticsPane.note?.(old, view(), NOW)).toBe('as of 12 s ago');
  });

  test('every figure has a place and is explained', () => {
    for (const { means, why, value } of [...SUMS, ...ODDITIES]) {
      expect(means.length * why.length).toBeGreaterThan(0);
      expect(Number.isFinite(value(TOTALS))).toBe(true);
    }
  });

  test('no line is wider than its box, at any width', () => {
    for (const state of [lagging(), replaying(), replayDiffers()]) {
      for (let width = 36; width <= 200; width += 3) {
        expect(overflow(analyticsPane.draw(state, view(), { width, height: 14, now: NOW }), width)).toEqual([]);
      }
    }
  });
});
