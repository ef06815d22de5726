import type { Event, EventOf, EventType } from '../event.ts';
import type { State } from '../state.ts';

/** How a noun changes, by kind of event. `state` is the whole state before the event, for nouns that look around. */
export type Reducers<S> = { [T in EventType]?: (noun: S, event: EventOf<T>, state: State) => S };

/** The noun after an event; the same object when the event does not concern it. */
export function reduceBy<S>(table: Reducers<S>, noun: S, event: Event, state: State): S {
  // The key and the event's kind are the same by construction, which the type system cannot follow through a look-up.
  const reduce = table[event.type] as ((noun: S, event: Event, state: State) => S) | undefined;
  return reduce ? reduce(noun, event, state) : noun;
}
