import type { Event } from '../event.ts';
import type { Moment } from '../history.ts';
import type { State } from '../state.ts';

/** Ten minutes of seconds. */
const MOMENTS = 600;

function momentOf({ groups, topics, load }: State, at: number): Moment {
  const each = Object.values(groups);
  const ends = Object.entries(topics.watermarks);
  return {
    at,
    lag: Object.fromEntries(each.map(({ groupId, lag }) => [groupId, lag])),
    ends: Object.fromEntries(ends.map(([topic, marks]) => [topic, marks.reduce((sum, { high }) => sum + high, 0)])),
    done: Object.fromEntries(
      each.map(({ groupId, partitions }) => [groupId, partitions.reduce((sum, p) => sum + p.progress, 0)]),
    ),
    produced: load.report?.produced ?? 0,
  };
}

function second(at: number): number {
  return Math.floor(at / 1000);
}

/** The past after an event. It is drawn from the state after it: of each second the last look stays, for ten minutes. */
export function remember(history: Moment[], event: Event, state: State): Moment[] {
  if (event.type !== 'groups-sampled') return history;
  const last = history.at(-1);
  const same = last !== undefined && second(last.at) === second(event.at);
  const before = same ? history.slice(0, -1) : history.length < MOMENTS ? history : history.slice(1 - MOMENTS);
  return [...before, momentOf(state, event.at)];
}
