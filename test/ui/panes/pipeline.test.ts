import { describe, expect, test } from 'vitest';
import type { State } from '../../../src/engine/state.ts';
import { pipelinePane } from '../../../src/ui/panes/pipeline.ts';
import { drawn, overflow, textOf } from '../screen.ts';
import {
  atRest,
  besideOthers,
  brokerDown,
  empty,
  lagging,
  NOW,
  rebalancing,
  replaying,
  saturated,
  view,
  workerDown,
} from '../states.ts';

const line = (state: State, width: number) => textOf([lineOf(state, width)], width);

function lineOf(state: State, width: number) {
  return pipelinePane.drawLine?.(state, view(), { width, height: 1, now: NOW }) ?? [];
}

/** The second row, which says what each stop does. */
const doing = (state: State) => drawn(pipelinePane, state, 118, 5).split('\n')[2]?.trim();

describe('pipeline', () => {
  test('running at 120 columns', () => {
    expect(drawn(pipelinePane, lagging(), 118, 5)).toMatchInlineSnapshot(`
      "
       load                    orders                  inventory × 2           inventory-events        analytics × 1
       ● 1,204/s           ──→ 3 partitions        ──→ ● 1,180/s           ──→ 3 partitions        ──→ ● 2,310/s
       sent         68,000     records     128,402     throttle       5 ms     records     124,992     counted     124,980
       p99            9 ms     ███████████ 1,204/s     fail rate    30.0 %     ███████████ 1,180/s     behind         0 ms
                                     backlog 3,410 ↓ drained in 12 s                 backlog 12
      "
    `);
  });

  test('beside workers of other programs it says that they decide, and not what they are turned to', () => {
    expect(drawn(pipelinePane, besideOthers(), 118, 5)).toMatchInlineSnapshot(`
      "
       load                    orders                  inventory × 2           inventory-events        analytics × 1
       ● 1,204/s           ──→ 3 partitions        ──→ ● 1,180/s, foreign  ──→ 3 partitions        ──→ ● 2,310/s
       sent         68,000     records     128,402     throttle          –     records     124,992     counted     124,980
       p99            9 ms     ███████████ 1,204/s     fail rate         –     ███████████ 1,180/s     behind         0 ms
                                     backlog 3,410 ↓ drained in 12 s                 backlog 12
      "
    `);
  });

  test('running at 80 columns, with the partitions where there is room', () => {
    expect(drawn(pipelinePane, lagging(), 78, 14)).toMatchInlineSnapshot(`
      "
       load            orders          inventory × 2   events          analytics × 1
       ● 1,204/s     → 3 partitions  → ● 1,180/s     → 3 partitions  → ● 2,310/s
       sent   68,000   rec   128,402   throttle 5 ms   rec   124,992   done  124,980
       p99      9 ms   █████ 1,204/s   fail   30.0 %   █████ 1,180/s   behind   0 ms
                             backlog 3,410 ↓                 backlog 12

       partition       written    decided  backlog   behind  worker
       orders/0         43,012     41,902    1,110    2.9 s  inventory/1 running
       orders/1         43,118     41,118    2,000    2.9 s  inventory/2 running
       orders/2         42,272     41,972      300    2.9 s  inventory/1 running
      "
    `);
  });

  test('in a narrow box the stops stand one below the other', () => {
    expect(drawn(pipelinePane, lagging(), 38, 7)).toMatchInlineSnapshot(`
      "
       load             ● 1,204/s
       orders           3 partitions
         ↓ backlog 3,410 ↓ drained in 12 s
       inventory × 2    ● 1,180/s
       inventory-events 3 partitions
         ↓ backlog 12
       analytics × 1    ● 2,310/s
      "
    `);
  });

  test('before anything is there', () => {
    expect(drawn(pipelinePane, empty(), 78, 5)).toMatchInlineSnapshot(`
      "
       load            orders          inventory × 0   events          analytics × 0
       ○ idle        → not there yet → ○ no worker   → not there yet → ○ no worker
       sent        0   records     0   throttle 0 ms   records     0   counted     –
       p99         –             0/s   fail    0.0 %             0/s   behind      –
                             backlog 0                       backlog 0
      "
    `);
    expect(pipelinePane.note?.(empty(), view(), NOW)).toBe('starting');
  });

  test('every stop says what it does, or what is in the way', () => {
    expect([atRest, workerDown, rebalancing, replaying].map((state) => doing(state()))).toMatchInlineSnapshot(`
      [
        "○ idle              ──→ 3 partitions        ──→ ● 0/s               ──→ 3 partitions        ──→ ● 0/s",
        "● 1,204/s           ──→ 3 partitions        ──→ ● 1 of 2 run        ──→ 3 partitions        ──→ ● 2,310/s",
        "● 1,204/s           ──→ 3 partitions        ──→ ● joining           ──→ 3 partitions        ──→ ● 2,310/s",
        "● 1,204/s           ──→ 3 partitions        ──→ ● 1,180/s           ──→ 3 partitions        ──→ ● replaying",
      ]
    `);
  });

  test('without a broker the last values stay, dim, and the note says for how long', () => {
    const lines = pipelinePane.draw(brokerDown(), view(), { width: 118, height: 5, now: NOW });
    expect(lines.flat().every((part) => 'tone' in part && part.tone === 'dim')).toBe(true);
    expect(pipelinePane.note?.(brokerDown(), view(), NOW)).toBe('broker away for 12 s: the process was killed');
  });

  test('as one line it says as much as there is room for', () => {
    expect([120, 78, 58].map((width) => line(lagging(), width))).toMatchInlineSnapshot(`
      [
        "● load 1,204/s → orders +3,410 ↓ → ● inventory ×2 → events +12 → ● analytics",
        "● load 1,204/s → orders +3,410 ↓ → ● inventory ×2 → events +12 → ● analytics",
        "● load → orders +3.4k ↓ → ● inv ×2 → events +12 → ● ana",
      ]
    `);
  });

  test.each([empty, atRest, lagging, workerDown, brokerDown, rebalancing, replaying, saturated])(
    '$name: nothing stands out of the box from 36 to 200 columns',
    (state) => {
      for (let width = 36; width <= 200; width += 4) {
        for (const height of [3, 5, 14, 50]) {
          const lines = pipelinePane.draw(state(), view(), { width, height, now: NOW });
          expect(overflow(lines, width)).toEqual([]);
        }
        if (width >= 60) expect(overflow([lineOf(state(), width - 2)], width)).toEqual([]);
      }
    },
  );
});
