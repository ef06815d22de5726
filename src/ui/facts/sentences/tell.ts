import type { Event, EventOf, EventType } from '../../../engine/event.ts';
import type { Sentence } from '../fact.ts';
import type { Gathering } from '../gather.ts';

/** Puts the leading event of a story into words; undefined when it is not worth any. */
export type Tell<T extends EventType> = (event: EventOf<T>, story: Gathering) => Sentence | undefined;

/** Some rows of the table of sentences. */
export type Tells<T extends EventType> = { [K in T]: Tell<K> };

/** The events of one type in a story. */
export function of<T extends EventType>({ events }: Gathering, type: T): EventOf<T>[] {
  return events.filter((event: Event): event is EventOf<T> => event.type === type);
}

/** Names as in a sentence: `a`, `a and b`, `a, b and c`. */
export function list(names: readonly string[]): string {
  const [last, ...before] = [...names].reverse();
  return before.length === 0 ? (last ?? '') : `${before.reverse().join(', ')} and ${last}`;
}

/** Partitions by topic: `orders/0,2 inventory-events/1`. */
export function partitions(assigned: readonly { topic: string; partition: number }[]): string {
  const topics = [...new Set(assigned.map(({ topic }) => topic))];
  const numbers = (topic: string) => assigned.filter((each) => each.topic === topic).map(({ partition }) => partition);
  return topics.map((topic) => `${topic}/${numbers(topic).join(',')}`).join(' ');
}
