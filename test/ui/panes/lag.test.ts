import { describe, expect, test } from 'vitest';
import { VERDICTS } from '../../../src/engine/lag/group-lag.ts';
import type { State } from '../../../src/engine/state.ts';
import { plain } from '../../../src/ui/format/line.ts';
import { lagDetails } from '../../../src/ui/panes/lag/details.ts';
import { nameOf } from '../../../src/ui/panes/lag/owners.ts';
import { lagRows } from '../../../src/ui/panes/lag/rows.ts';
import { lagPane } from '../../../src/ui/panes/lag.ts';
import { drawn, overflow } from '../screen.ts';
import {
  atRest,
  brokerDown,
  empty,
  eventful,
  inventoryDigest,
  logOf,
  NOW,
  rebalancing,
  view,
  withMembers,
  worker,
} from '../states.ts';

describe('the pane of lag', () => {
  test('while inventory cannot follow - in 80 columns', () => {
    expect(drawn(lagPane, eventful(), 78, 13)).toMatchInlineSnapshot(`
      "
       partition      owner   committed      end    lag   out/s  left state
       inventory-service-group                    3,410 ↓ 1,180  12 s catching up
         orders/0     inv/1      41,902   43,012  1,110     398  11 s catching up
         orders/1     inv/2      41,118   43,118  2,000     384     – falling behind
         orders/2     inv/1      41,972   42,272    300     398  11 s catching up
       analytics-group                               12   2,310   0 s ok
         6 partitions ana/1     253,382  253,394     12   2,310   0 s ok

         30k ┤                                          t throttle 5 ms
             │▇▆▆▅▅▄▄▃▃▂▂▁▁                             k inventory/2 killed
             │███████████████▇▇▇▆▆▅▅▄▄▃▃▂▂▁▁            r rebalanced, 430 ms
           0 ┼████████████████████████████████▇▇▆▆▅▅▄▄
              -60 s              t           r     now
      "
    `);
  });

  test('while inventory cannot follow - in the narrow half of 100 columns', () => {
    expect(drawn(lagPane, eventful(), 58, 12)).toMatchInlineSnapshot(`
      "
       partition    owner       lag   out/s  left state
       inventory-service-gr…  3,410 ↓ 1,180  12 s catching up
         orders/0   inv/1     1,110     398  11 s catching up
         orders/1   inv/2     2,000     384     – falling behind
         orders/2   inv/1       300     398  11 s catching up
       analytics-group           12   2,310   0 s ok
         6 parts    ana/1        12   2,310   0 s ok

         30k ┤▁                           t throttle 5 ms
             │███▇▆▆▅▅▄▄▃▃▂▁▁             k inventory/2 killed
           0 ┼█████████████████▇▇▆▆▅▄▄▃▃  r rebalanced, 430 ms
              -60 s       t       r  now
      "
    `);
  });

  test('while inventory cannot follow - wide, with every column and partition', () => {
    expect(
      drawn(lagPane, eventful(), 131, 18, { isZoomed: true, focus: 'lag', cursors: { lag: 2 } }),
    ).toMatchInlineSnapshot(`
      "
       partition             owner   committed      end    lag     in/s out/s  behind  left state           gen  member
       inventory-service-group                           3,410 ↓  1,203 1,180     3 s  12 s catching up
         orders/0            inv/1      41,902   43,012  1,110      401   398     3 s  11 s catching up       6  lunchrush-inventory-1
      ▸  orders/1            inv/2      41,118   43,118  2,000      401   384     3 s     – falling behind    6  lunchrush-inventory-2
         orders/2            inv/1      41,972   42,272    300      401   398     3 s  11 s catching up       6  lunchrush-inventory-1
       analytics-group                                      12    2,310 2,310           0 s ok
         orders/0            ana/1      43,010   43,012      2      385   385           0 s ok                6  lunchrush-analytics-1
         orders/1            ana/1      43,116   43,118      2      385   385           0 s ok                6  lunchrush-analytics-1
         orders/2            ana/1      42,270   42,272      2      385   385           0 s ok                6  lunchrush-analytics-1
         inventory-events/0  ana/1      41,900   41,902      2      385   385           0 s ok                6  lunchrush-analytics-1
         inventory-events/1  ana/1      41,116   41,118      2      385   385           0 s ok                6  lunchrush-analytics-1
         inventory-events/2  ana/1      41,970   41,972      2      385   385           0 s ok                6  lunchrush-analytics-1

         30k ┤                                                                                   t throttle 5 ms
             │ ▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁▁                                                         k inventory/2 killed
             │ █████████████████████████████▇▇▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄▄▃▃▃▃▂▂▂▂▁▁▁▁                       r rebalanced, 430 ms
           0 ┼·███████████████████████████████████████████████████████████████▇▇▇▇▇▇▆▆▆▆▅▅▅▅▄▄▄
              -60 s                                  t                        r             now
      "
    `);
  });

  test('at rest', () => {
    expect(drawn(lagPane, withMembers(atRest()), 78, 10)).toMatchInlineSnapshot(`
      "
       partition      owner   committed      end    lag   out/s  left state
       inventory-service-group                        0       0       ok
         orders/0     inv/1           0        0      0       0       ok
         orders/1     inv/2           0        0      0       0       ok
         orders/2     inv/1           0        0      0       0       ok
       analytics-group                                0       0       ok
         6 partitions ana/1           0        0      0       0       ok
           8 ┤                                          nothing was done to it
           0 ┼········································
              -60 s                                now
      "
    `);
  });

  test('while the group rebalances nobody owns its partitions', () => {
    expect(drawn(lagPane, rebalancing(), 78, 6)).toMatchInlineSnapshot(`
      "
       partition      owner   committed      end    lag   out/s  left state
       inventory-service-group                    3,410 ↓ 1,180     – rebalancing
         orders/0     –          41,902   43,012  1,110     398  11 s catching up
         orders/1     –          41,118   43,118  2,000     384     – falling behind
         orders/2     –          41,972   42,272    300     398  11 s catching up
       analytics-group                               12   2,310   0 s ok
      "
    `);
  });

  test('before anything is known it says what it waits for', () => {
    expect(drawn(lagPane, empty(), 78, 3)).toMatchInlineSnapshot(`
      "
       starting
      "
    `);
  });

  test('without a broker its values are those of the past, and it says since when', () => {
    const lines = lagPane.draw(brokerDown(), view(), { width: 78, height: 10, now: NOW });
    expect(new Set(lines.flat().map((part) => ('tone' in part ? part.tone : 'none')))).toEqual(new Set(['dim']));
    expect(lagPane.note?.(brokerDown(), view(), NOW)).toBe('broker away for 12 s: the process was killed');
  });

  test('a member of another program is foreign, and one whose thread is gone is crossed out', () => {
    const state = eventful();
    const id = 'inventory-service-group';
    const group = state.groups[id];
    if (!group) throw new Error('no group');
    const [ours, second] = group.members;
    if (!ours || !second) throw new Error('no members');
    const members = [{ ...ours, memberId: 'somebody-else', clientId: 'billing', host: '/10.0.0.7' }, second];
    const dead = worker('inventory/2', { thread: 'dead', digest: null });
    const world: State = {
      ...state,
      workers: { ...state.workers, 'inventory/2': dead },
      groups: { ...state.groups, [id]: { ...group, members } },
    };
    const owners = lagRows(world, view()).flatMap((row) => (row.is === 'partition' ? row.owner.name : []));
    expect(owners).toEqual(['foreign', 'inv/2 ✗', 'foreign']);
  });

  test('our newest member is ours before it has told its id, and a silent one stays crossed out', () => {
    const state = eventful();
    const id = 'inventory-service-group';
    const [first, second] = state.groups[id]?.members ?? [];
    if (!first || !second) throw new Error('no members');
    const joining = worker('inventory/2', {
      digest: inventoryDigest('inventory/2', [], { state: 'joining', memberId: '' }),
    });
    const owned = (memberId: string) => {
      const world = { ...state, workers: { ...state.workers, 'inventory/2': joining } };
      return nameOf(world, { ...second, memberId }).name;
    };
    expect(owned('not-told-yet')).toBe('inv/2');
    expect(owned('lunchrush-inventory/2-4f2a')).toBe('inv/2 ✗');
    expect(nameOf(state, { ...second, memberId: 'not-told-yet' }).name).toBe('foreign');
  });

  test('a filter keeps the partitions that it names', () => {
    const rows = lagRows(eventful(), view({ filters: { lag: 'orders/1' } }));
    expect(rows.map((row) => row.is)).toEqual(['partition', 'partition']);
  });

  test('every verdict says why it holds and what helps', () => {
    const row = lagRows(eventful(), view())[1];
    if (row?.is !== 'partition') throw new Error('no partition');
    for (const verdict of VERDICTS) {
      const about = { ...row, partition: { ...row.partition, verdict } };
      const text = lagDetails(eventful(), about, NOW, 80).map(plain).join('\n');
      expect(text).toMatch(new RegExp(`^${verdict}\\nwhy {11}\\S`));
      expect(text).toContain('what helps');
    }
  });

  test('a mark at the end of the strip takes the place of its label', () => {
    const log = logOf([100, { type: 'knobs-set', knobs: { revision: 4, failRate: 0, throttleMs: 9 } }]);
    const lines = lagPane.draw({ ...eventful(), log }, view(), { width: 78, height: 12, now: NOW });
    expect(plain(lines.at(-1) ?? []).trimEnd()).toMatch(/-60 s {30,}t$/);
  });

  test('no line is wider than its box, at any width', () => {
    for (let width = 40; width <= 200; width += 3) {
      expect(
        overflow(lagPane.draw(eventful(), view({ focus: 'lag' }), { width, height: 20, now: NOW }), width),
      ).toEqual([]);
    }
  });
});
