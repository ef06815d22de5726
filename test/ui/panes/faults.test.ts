import { describe, expect, test } from 'vitest';
import { faultsPane } from '../../../src/ui/panes/faults.ts';
import { drawn, overflow } from '../screen.ts';
import {
  atRest,
  besideOthers,
  brokerDown,
  inventoryDigest,
  lagging,
  logOf,
  NOW,
  view,
  worker,
  workerDown,
} from '../states.ts';

describe('the pane of faults', () => {
  test('while all is well - in a third of 120 columns', () => {
    expect(drawn(faultsPane, lagging(), 38, 9, { focus: 'faults' })).toMatchInlineSnapshot(`
      "
      ▸fail rate − ███░░░░░░░ + 30.0 %
       throttle  − █░░░░░░░░░ + 5 ms

       inventory/1 ● running   p0,2   61 MB
       inventory/2 ● running   p1     61 MB
       analytics/1 ● running   all 6  61 MB

       broker      ● running
      "
    `);
  });

  test('while all is well - in 80 columns', () => {
    expect(drawn(faultsPane, atRest(), 78, 9)).toMatchInlineSnapshot(`
      "
       fail rate − ░░░░░░░░░░░░░░░░░░░░░░░░ + 0.0 %        applied by 2 of 2
       throttle  − ░░░░░░░░░░░░░░░░░░░░░░░░ + 0 ms         applied by 2 of 2

       inventory/1 ● running    p0,2                                          61 MB
       inventory/2 ● running    p1                                            61 MB
       analytics/1 ● running    all 6                                         61 MB

       broker      ● running
      "
    `);
  });

  test('workers of other programs stand below our own, with the program that runs them', () => {
    expect(drawn(faultsPane, besideOthers(), 78, 10)).toMatchInlineSnapshot(`
      "
       fail rate – other programs run the inventory workers
       throttle  – other programs run the inventory workers

       analytics/1 ● running    all 6                                         61 MB
       foreign     ● inventory p0,2    lima-812
       foreign     ● inventory p1      oslo-77
       foreign     ● analytics 3 of 6  oslo-78

       broker      ● running
      "
    `);
    expect(drawn(faultsPane, besideOthers(), 38, 10)).toMatchInlineSnapshot(`
      "
       fail rate – turned elsewhere
       throttle  – turned elsewhere

       analytics/1 ● running   all 6  61 MB
       foreign     ● inventory p0,2    lim…
       foreign     ● inventory p1      osl…
       foreign     ● analytics 3 of 6  osl…

       broker      ● running
      "
    `);
  });

  test('a dead worker says why, and when it comes back - in two lines where there is no room', () => {
    expect(drawn(faultsPane, workerDown(), 38, 9)).toMatchInlineSnapshot(`
      "
       fail rate − ███░░░░░░░ + 30.0 %
       throttle  − █░░░░░░░░░ + 5 ms

       inventory/1 ● running   p0,2   61 MB
       inventory/2 ● restarting
         killed, coming back
       analytics/1 ● running   all 6  61 MB

       broker      ● running
      "
    `);
  });

  test('a dead worker says which partitions wait for it', () => {
    const dead = worker('inventory/2', {
      thread: 'dead',
      why: 'out of memory',
      backAt: NOW + 2_400,
      restarts: 3,
      digest: inventoryDigest('inventory/2', [1]),
    });
    const state = lagging();
    expect(
      drawn(faultsPane, { ...state, workers: { ...state.workers, 'inventory/2': dead } }, 90, 8),
    ).toMatchInlineSnapshot(`
      "
       fail rate − ███████░░░░░░░░░░░░░░░░░ + 30.0 %       applied by 1 of 1
       throttle  − █░░░░░░░░░░░░░░░░░░░░░░░ + 5 ms         applied by 1 of 1

       inventory/1 ● running    p0,2                                                      61 MB
       inventory/2 ● restarting out of memory, back in 2 s, p1 wait           3 restarts
       analytics/1 ● running    all 6                                                     61 MB

       broker      ● running
      "
    `);
  });

  test('a knob shows what it was and what it becomes, until every worker applies it', () => {
    const state = lagging();
    const turned = {
      ...state,
      knobs: { wanted: { revision: 4, failRate: 0.3, throttleMs: 8 }, applied: { 'inventory/1': 4, 'inventory/2': 3 } },
      log: logOf([5000, { type: 'knobs-set', knobs: { revision: 3, failRate: 0.3, throttleMs: 5 } }]),
    };
    expect(drawn(faultsPane, turned, 90, 2)).toMatchInlineSnapshot(`
      "
       fail rate − ███████░░░░░░░░░░░░░░░░░ + 30.0 %       not yet: inventory/2
       throttle  − ██░░░░░░░░░░░░░░░░░░░░░░ + 5→8 ms       not yet: inventory/2
      "
    `);
    expect(faultsPane.note?.(turned, view(), NOW)).toBe('knobs not yet applied');
  });

  test('a broker that is gone says for how long and why', () => {
    expect(drawn(faultsPane, brokerDown(), 78, 9)).toMatchInlineSnapshot(`
      "
       fail rate − ███████░░░░░░░░░░░░░░░░░ + 30.0 %       applied by 2 of 2
       throttle  − █░░░░░░░░░░░░░░░░░░░░░░░ + 5 ms         applied by 2 of 2

       inventory/1 ● running    p0,2                                          61 MB
       inventory/2 ● running    p1                                            61 MB
       analytics/1 ● running    all 6                                         61 MB

       broker      ● away      12 s: the process was killed
      "
    `);
  });

  test('a value that is typed stands in a field', () => {
    const typing = { field: 'throttle', revision: 1 } as const;
    expect(drawn(faultsPane, lagging(), 38, 2, { typing, fields: { throttle: '20ms' } })).toMatchInlineSnapshot(`
      "
       fail rate − ███░░░░░░░ + 30.0 %
       throttle  − █░░░░░░░░░ + 20ms______
      "
    `);
  });

  test('no line is wider than its box, at any width', () => {
    for (const state of [lagging(), workerDown(), brokerDown()]) {
      for (let width = 34; width <= 200; width += 3) {
        expect(overflow(faultsPane.draw(state, view(), { width, height: 12, now: NOW }), width)).toEqual([]);
      }
    }
  });
});
