import type { Verb } from './command.ts';
import { type Event, isSample } from './event.ts';
import type { EventStore } from './store.ts';

/** Remembers events for `wait event`, so that one that came while the line before still ran is not missed. */
export type Recall = {
  /** The first event of that name since the last command that does something; it and what was before it is forgotten. */
  take(name: string): Event | undefined;
};

/** Commands that only look or wait: what happened before them still counts. */
const PASSIVE: ReadonlySet<Verb> = new Set([
  'wait',
  'expect',
  'sleep',
  'say',
  'help',
  'lag',
  'metrics',
  'topics',
  'groups',
  'members',
  'records',
  'trace',
  'mark',
]);

/** Events kept at most. */
const KEPT = 1000;

/** Creates a recall that begins to listen now. */
export function createRecall(events: Pick<EventStore, 'onEvent'>): Recall {
  let recent: Event[] = [];
  events.onEvent((event) => {
    if (isSample(event)) return;
    if (event.type === 'command-started' && !PASSIVE.has(event.command.verb)) recent = [];
    recent.push(event);
    if (recent.length > KEPT) recent.shift();
  });
  return {
    take(name) {
      const found = recent.findIndex((event) => event.type === name);
      if (found < 0) return undefined;
      const [event] = recent.splice(0, found + 1).slice(-1);
      return event;
    },
  };
}
