import { describe, expect, test } from 'vitest';
import { progressOf } from '../../../src/ui/panes/load/progress.ts';
import { loadPane } from '../../../src/ui/panes/load.ts';
import { drawn, overflow } from '../screen.ts';
import { atRest, brokerDown, empty, lagging, NOW, PLAN, report, saturated, view } from '../states.ts';

describe('load', () => {
  test('running at 120 columns', () => {
    expect(drawn(loadPane, lagging(), 38, 8)).toMatchInlineSnapshot(`
      "
       100,000 at 1,200/s  lunch  dup 1 %
       ███████████████░░░░░░░  68 %     27 s
       got  1,204/s of ~1,200/s  ██████████
       late 0  shed 0  unknown 0  errors 0
                       p50     p99     max
       publish        2 ms    9 ms   31 ms
       end to end     6 ms   41 ms   88 ms
       send delay     1 ms    4 ms    9 ms
      "
    `);
  });

  test('running at 80 columns', () => {
    expect(drawn(loadPane, lagging(), 78, 12)).toMatchInlineSnapshot(`
      "
       100,000 at 1,200/s  lunch  dup 1 %
       ██████████████████████████████████████████░░░░░░░░░░░░░░░░░░░░  68 %     27 s
       got  1,204/s of ~1,200/s  ██████████████████████████████████████████████████
       late 0  shed 0  unknown 0  errors 0
       sent 68,000  copies 680  malformed 0

                           p50         p99       p99.9         max
       publish            2 ms        9 ms       14 ms       31 ms
       end to end         6 ms       41 ms       63 ms       88 ms
       send delay         1 ms        4 ms        6 ms        9 ms
      "
    `);
  });

  test('more asked than the broker takes', () => {
    expect(drawn(loadPane, saturated(), 38, 8)).toMatchInlineSnapshot(`
      "
       100,000 at 20,000/s  lunch  dup 1 %
       ████████████████░░░░░░  72 %     23 s
       got  1,204/s of ~20,000/s  █████████
       orders/1: the broker answers slowly
       late 31.2k  shed 4k  unknown 3
                       p50     p99     max
       publish        2 ms    9 ms   31 ms
       end to end     6 ms   41 ms   88 ms
      "
    `);
  });

  test('before the first one there is the form, with what is usual', () => {
    expect(drawn(loadPane, atRest(), 38, 8)).toMatchInlineSnapshot(`
      "
       count      [10k       ] records
       rate       [1000/s    ] or max
       shape      [steady    ] ↑↓ others
       duplicates [0%        ] of records
       malformed  [0%        ] of records

       s starts it, e changes it; or : and
       load 10k
      "
    `);
  });

  test('who edits sees the form though a load runs', () => {
    const fields = { 'load-count': '20k', 'load-shape': 'ramp' };
    const typing = { field: 'load-shape', revision: 1 } as const;
    expect(drawn(loadPane, lagging(), 38, 8, { fields, typing })).toMatchInlineSnapshot(`
      "
       count      [20k_______] records
       rate       [1000/s    ] or max
      ▸shape      [ramp______] ↑↓ others
       duplicates [0%        ] of records
       malformed  [0%        ] of records

       ⏎ starts it, ⇥ goes on, Esc leaves
      "
    `);
  });

  test('its frame says whether it runs', () => {
    const done = { ...lagging().load, running: false };
    const states = [
      empty(),
      lagging(),
      { ...lagging(), load: done },
      { ...lagging(), load: { ...done, stopped: true } },
    ];
    expect(states.map((state) => loadPane.note?.(state, view(), NOW))).toEqual(['', 'running', 'done', 'stopped']);
  });

  test('an open loop ends by its schedule, a closed one by its rate, one with a duration by that', () => {
    const half = report({ asked: 1_000, produced: 500, elapsedMs: 1_000 });
    expect(progressOf({ ...PLAN, rate: 500 }, half, 100)).toEqual({ fraction: 0.5, etaMs: 1_000 });
    expect(progressOf({ ...PLAN, rate: 'max' }, half, 100)).toEqual({ fraction: 0.5, etaMs: 5_000 });
    expect(progressOf({ ...PLAN, rate: 'max', durationMs: 4_000 }, { ...half, asked: 0 }, 0).etaMs).toBe(3_000);
    expect(progressOf({ ...PLAN, rate: 'max' }, half, 0).etaMs).toBeNull();
  });

  test('an open loop that is late needs as long as its backlog takes', () => {
    const late = report({ asked: 1_000, produced: 500, elapsedMs: 3_000 });
    expect(progressOf({ ...PLAN, rate: 500 }, late, 250).etaMs).toBe(2_000);
  });

  test('nothing stands out of the box from 36 to 200 columns', () => {
    for (const state of [empty(), atRest(), lagging(), saturated(), brokerDown()]) {
      for (let width = 36; width <= 200; width += 4) {
        for (const height of [5, 8, 20]) {
          const lines = loadPane.draw(state, view(), { width, height, now: NOW });
          expect(overflow(lines, width)).toEqual([]);
          expect(lines.length).toBeLessThanOrEqual(height);
        }
      }
    }
  });
});
