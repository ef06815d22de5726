import { describe, expect, test } from 'vitest';
import type { Event } from '../../../src/engine/event.ts';
import { factsOf } from '../../../src/ui/facts/facts.ts';
import { DONE, logOf, report } from '../states.ts';

function told(log: readonly Event[]): string[] {
  return factsOf(log).map(({ mark, text, cause }) => `${mark ?? ' '} ${text}${cause ? ` | ${cause.text}` : ''}`);
}

const KNOBS = { revision: 2, failRate: 0.3, throttleMs: 0 };

describe('facts', () => {
  test('a knob, a death and a rebalance are one fact each, beside the command that brought them about', () => {
    expect(told(DONE)).toEqual([
      't throttle 5 ms, applied by 2 workers within 20 ms | throttle 5ms',
      'k inventory/2 killed; replaced after 490 ms | kill inventory/2',
      'r inventory rebalanced in 430 ms, generation 7: inventory/1 has orders/0,2 and inventory/2 has orders/1',
    ]);
  });

  test('only the knob that was turned is told', () => {
    const log = logOf(
      [3000, { type: 'knobs-set', knobs: { revision: 1, failRate: 0, throttleMs: 0 } }],
      [2000, { type: 'knobs-set', knobs: KNOBS }],
      [1000, { type: 'knobs-set', knobs: { ...KNOBS, revision: 3, throttleMs: 20 } }],
    );
    expect(told(log).slice(1)).toEqual(['f fail rate 30.0 %, not yet applied', 't throttle 20 ms, not yet applied']);
  });

  test('a command is no cause of what befalls another worker, or of what happens after its end', () => {
    const log = logOf(
      [
        3000,
        {
          type: 'command-started',
          id: 1,
          command: { verb: 'pause', target: 'inventory/1' },
          text: 'pause inventory/1',
        },
      ],
      [2900, { type: 'worker-paused', slot: 'inventory/2' }],
      [2800, { type: 'command-finished', id: 1, forMs: 200 }],
      [2700, { type: 'worker-paused', slot: 'inventory/1' }],
    );
    expect(told(log)).toEqual([
      '  pause inventory/1 done in 200 ms | pause inventory/1',
      'p inventory/2 paused: it stays in its group and takes no records',
      'p inventory/1 paused: it stays in its group and takes no records',
    ]);
  });

  test('a worker that hangs after the command has ended still hangs of it', () => {
    const log = logOf(
      [
        9000,
        {
          type: 'command-started',
          id: 1,
          command: { verb: 'hang', target: 'inventory/1', forMs: 8000 },
          text: 'hang inventory/1 8s',
        },
      ],
      [8999, { type: 'command-finished', id: 1, forMs: 1 }],
      [3000, { type: 'worker-hung', slot: 'inventory/1', incarnation: 1, silentForMs: 5200 }],
      [2990, { type: 'worker-died', slot: 'inventory/1', incarnation: 1, reason: 'it hung', retryInMs: 0 }],
    );
    expect(told(log)).toEqual(['h inventory/1 hangs: silent for 5.2 s, ended | hang inventory/1 8s']);
  });

  test('scaling is one fact, whatever threads come and go for it', () => {
    const log = logOf(
      [
        900,
        {
          type: 'command-started',
          id: 1,
          command: { verb: 'workers', kind: 'inventory', count: 3 },
          text: 'workers inventory 3',
        },
      ],
      [890, { type: 'worker-spawned', slot: 'inventory/2', incarnation: 1, why: 'asked for' }],
      [890, { type: 'worker-spawned', slot: 'inventory/3', incarnation: 1, why: 'asked for' }],
      [400, { type: 'worker-ready', slot: 'inventory/2', incarnation: 1, forMs: 490 }],
      [390, { type: 'worker-ready', slot: 'inventory/3', incarnation: 1, forMs: 500 }],
      [390, { type: 'workers-scaled', kind: 'inventory', count: 3 }],
    );
    expect(told(log)).toEqual(['s inventory scaled to 3 workers | workers inventory 3']);
  });

  test('a command that failed says so, with what to do, though it brought something about', () => {
    const error = { code: 'COMMAND_FAILED', message: 'interrupted before it was done', fix: 'try again' } as const;
    const log = logOf(
      [900, { type: 'command-started', id: 4, command: { verb: 'audit' }, text: 'audit' }],
      [800, { type: 'command-failed', id: 4, error }],
    );
    expect(told(log)).toEqual(['  audit failed: interrupted before it was done (try again) | audit']);
  });

  test('a load says what was not as asked', () => {
    const log = logOf([
      10,
      { type: 'load-finished', slot: 'load/1', report: report({ late: 3, shed: 2 }), stopped: true },
    ]);
    expect(told(log)).toEqual(['l load stopped: 68,000 acknowledged in 57 s, 1,204/s, 3 late, 2 shed']);
  });

  test('ids grow, whatever happens in one millisecond, so that a cursor can stay on its fact', () => {
    const log = logOf(...[1, 2, 3].map(() => [500, { type: 'mark-set' }] as const));
    const ids = factsOf(log).map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect([...ids].sort((a, b) => a - b)).toEqual(ids);
  });
});
