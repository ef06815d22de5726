import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/engine/event.ts';
import { columnOf, type Moment, peaks, rates } from '../../src/engine/history.ts';
import { reduce } from '../../src/engine/reduce.ts';
import { initialState, type State } from '../../src/engine/state.ts';
import { PIPELINE, TOPICS } from './fake-cluster.ts';

const GROUP = PIPELINE.groups.inventory;

function looked(state: State, at: number, committed: number, high: number): State {
  const partitions = [{ topic: TOPICS.orders, partition: 0, committed, low: 0, high }];
  const events: Event[] = [
    { type: 'topics-sampled', topics: [{ topic: TOPICS.orders, watermarks: [{ low: 0, high }] }], deadLetters: 0, at },
    {
      type: 'groups-sampled',
      groups: [{ groupId: GROUP, state: 'Stable', protocol: 'p', members: [], partitions }],
      at,
    },
  ];
  return events.reduce(reduce, state);
}

function moment(at: number, lag: number, end = 0): Moment {
  return { at, lag: { g: lag }, ends: { t: end }, done: {}, produced: 0 };
}

const lagOfG = ({ lag }: Moment) => lag['g'] ?? 0;
const endOfT = ({ ends }: Moment) => ends['t'] ?? 0;

describe('the past', () => {
  test('of each second the last look stays, with what the same look says of the topics', () => {
    const state = [1000, 1250, 1500, 2000].reduce((s, at) => looked(s, at, 10, at), initialState(PIPELINE, 0));
    expect(state.history).toEqual([
      { at: 1500, lag: { [GROUP]: 1490 }, ends: { [TOPICS.orders]: 1500 }, done: { [GROUP]: 10 }, produced: 0 },
      { at: 2000, lag: { [GROUP]: 1990 }, ends: { [TOPICS.orders]: 2000 }, done: { [GROUP]: 10 }, produced: 0 },
    ]);
  });

  test('ten minutes are remembered', () => {
    let state = initialState(PIPELINE, 0);
    for (let s = 0; s < 700; s++) state = looked(state, s * 1000, 0, s);
    expect(state.history).toHaveLength(600);
    expect(state.history.at(-1)?.at).toBe(699_000);
  });

  test('other events leave it the same object', () => {
    const state = looked(initialState(PIPELINE, 0), 1000, 0, 5);
    expect(reduce(state, { type: 'mark-set', at: 1100 }).history).toBe(state.history);
  });
});

describe('series', () => {
  test('a column shows its highest value, and one without a look the fresh value before it', () => {
    const past = [moment(0, 1), moment(1000, 9), moment(1900, 2), moment(4000, 3)];
    expect(peaks(past, { now: 9999, windowMs: 10_000, columns: 10 }, lagOfG)).toEqual([
      1,
      9,
      9,
      9,
      3,
      3,
      3,
      3,
      null,
      null,
    ]);
  });

  test('a rate is what was added a second, and a step back adds nothing', () => {
    const past = [moment(0, 0, 100), moment(1000, 0, 300), moment(3000, 0, 700), moment(4000, 0, 0)];
    expect(rates(past, { now: 4999, windowMs: 5000, columns: 5 }, endOfT)).toEqual([null, 200, 200, 200, 0]);
  });

  test('the column of an instant is where the series shows it, at every width and time', () => {
    const stretch = fc.record({
      now: fc.integer({ min: 0, max: 2e12 }),
      windowMs: fc.constantFrom(60_000, 300_000, 600_000),
      columns: fc.integer({ min: 1, max: 190 }),
    });
    fc.assert(
      fc.property(stretch, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (s, share) => {
        const at = s.now - share * s.windowMs;
        const column = columnOf(at, s);
        expect(column).toBeLessThan(s.columns);
        if (column >= 0) expect(peaks([moment(at, 7)], s, lagOfG)[column]).toBe(7);
      }),
    );
  });
});
