import type { Event } from '../../../engine/event.ts';
import { type Equivalent, equivalentOf, type Known } from '../../equivalent.ts';
import type { Fact } from '../../facts/fact.ts';
import { labelled } from '../../format/labelled.ts';
import { preciseClock } from '../../format/time.ts';
import { wrap } from '../../format/wrap.ts';
import type { Line } from '../../types.ts';

/** A fact in full: the sentence, the command, its like among Kafka's tools, and the events that tell it. */
export function factDetails(fact: Fact, known: Known, width: number): Line[] {
  const { cause, events, text, tone } = fact;
  return [
    ...wrap(text, width).map((line): Line => [tone === undefined ? { text: line } : { text: line, tone }]),
    [],
    ...(cause
      ? [
          ...labelled('command', cause.text, width),
          ...labelled('Kafka', sayEquivalent(equivalentOf(cause.command, known)), width),
          [],
        ]
      : []),
    ...events.flatMap((event) => labelled(preciseClock(event.at), eventText(event), width)),
  ];
}

/** The line, or why there is none. */
export function sayEquivalent(equivalent: Equivalent): string {
  if (equivalent.is === 'none') return `nothing alike: ${equivalent.why}`;
  return equivalent.is === 'shows' ? `${equivalent.line}   (shows what came of it)` : equivalent.line;
}

/** What stands above the events already. */
const SAID: ReadonlySet<string> = new Set(['command', 'text']);

/** An event as `type key=value …`, for those who want all of it. */
function eventText(event: Event): string {
  const { type, at, ...rest } = event;
  const told = Object.entries(rest).filter(([key]) => !SAID.has(key));
  const parts = told.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [type, ...parts].join(' ');
}
