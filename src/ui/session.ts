import type { Command, Verb } from '../engine/command.ts';
import type { Event, EventType } from '../engine/event.ts';
import { ourGroups } from '../engine/group-names.ts';
import type { State } from '../engine/state.ts';

/** A command of this session, and how things stood when it was given. */
export type Given = {
  id: number;
  command: Command;
  text: string;
  /** Nothing was under way: the one who gave it had waited. */
  wasIdle: boolean;
  wasLoading: boolean;
  failed: boolean;
  /** What happened between this command and the next. */
  followed: ReadonlySet<EventType>;
};

/** What a session begins with. */
export type Ground = { orders: number; failRate: number; throttleMs: number };

/** The session so far, for the one who wants to repeat it. */
export type Session = {
  hear(event: Event, state: State): void;
  readonly given: readonly Given[];
  readonly ground: Ground;
};

/** Commands that do nothing to the pipeline are not worth repeating. */
const LOOKS: ReadonlySet<Verb> = new Set([
  'lag',
  'metrics',
  'topics',
  'groups',
  'members',
  'records',
  'trace',
  'dead-letters',
  'audit',
  'mark',
  'say',
  'sleep',
  'help',
  'quit',
]);

/** Commands that are kept; who gives more has better scripts than this. */
const KEPT = 1000;

/** No load runs, nothing waits in our groups, and every order has its outcome. */
export function isIdle(state: State): boolean {
  const lag = ourGroups(state).some((id) => (state.groups[id]?.lag ?? 0) > 0);
  return !state.load.running && !state.replay.running && !lag && (state.analytics.totals?.pending ?? 0) === 0;
}

/** Collects a session from its events. */
export function createSession(): Session {
  const given: (Given & { followed: Set<EventType> })[] = [];
  let ground: Ground = { orders: 0, failRate: 0, throttleMs: 0 };
  const started = (event: Extract<Event, { type: 'command-started' }>, state: State) => {
    const { id, command, text } = event;
    if (LOOKS.has(command.verb) || (command.verb === 'workers' && command.count === undefined)) return;
    const stood = { wasIdle: isIdle(state), wasLoading: state.load.running };
    given.push({ id, command, text, ...stood, failed: false, followed: new Set() });
    if (given.length > KEPT) given.shift();
  };
  return {
    given,
    get ground() {
      return ground;
    },
    hear(event, state) {
      if (event.type === 'command-started') return started(event, state);
      if (event.type === 'pipeline-running' && given.length === 0) ground = groundOf(state);
      const failed = event.type === 'command-failed' && given.find(({ id }) => id === event.id);
      if (failed) failed.failed = true;
      given.at(-1)?.followed.add(event.type);
    },
  };
}

function groundOf({ analytics, knobs: { wanted } }: State): Ground {
  const orders = analytics.totals?.total_orders ?? 0;
  return { orders, failRate: wanted.failRate, throttleMs: wanted.throttleMs };
}
