import type { Event, EventType } from '../../engine/event.ts';
import type { Sentence } from './fact.ts';
import type { Gathering } from './gather.ts';
import { cluster } from './sentences/cluster.ts';
import { commands } from './sentences/commands.ts';
import { groups } from './sentences/groups.ts';
import { load } from './sentences/load.ts';
import { replay } from './sentences/replay.ts';
import type { Tell } from './sentences/tell.ts';
import { workers } from './sentences/workers.ts';

const silent = () => undefined;

/** Every kind of event in words. Samples say how things stand, not what happened. */
const SENTENCES: { [T in EventType]: Tell<T> } = {
  ...cluster,
  ...commands,
  ...groups,
  ...load,
  ...replay,
  ...workers,
  'digest-arrived': silent,
  'groups-sampled': silent,
  'topics-sampled': silent,
};

function tellOf<T extends EventType>(type: T, event: Event, story: Gathering): Sentence | undefined {
  // The row was found by the event's own type.
  return (SENTENCES[type] as (event: Event, story: Gathering) => Sentence | undefined)(event, story);
}

/** The event that a story is told by: its first, or the one that says it all. */
function lead({ events }: Gathering): Event | undefined {
  return events.find(({ type }) => type === 'workers-scaled') ?? events[0];
}

/** A story in words; undefined when there is nothing to tell. */
export function sentenceOf(story: Gathering): Sentence | undefined {
  const event = lead(story);
  return event && tellOf(event.type, event, story);
}
