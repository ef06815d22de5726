import type { Event, EventOf, EventType } from '../../engine/event.ts';
import { createCauses } from './causes.ts';
import type { Cause } from './fact.ts';

export type Knobs = EventOf<'knobs-set'>['knobs'];

/** Events that tell one thing together, in order; what brought it about, and the knobs as they were before. */
export type Gathering = { events: Event[]; cause: Cause | undefined; knobsBefore: Knobs | undefined };

/** What has to be remembered on the way through the log to see what belongs together. */
type Memory = {
  /** By kind of worker: how many rebalances, the last generation, and whether one is under way. */
  rebalances: Map<string, { count: number; generation: number; isOpen: boolean }>;
  /** The story that a thread is part of, by slot and incarnation. */
  lives: Map<string, string>;
  /** The last death of each slot. */
  deaths: Map<string, string>;
};

function kindOf(slot: string): string {
  return slot.slice(0, slot.indexOf('/'));
}

/** One rebalance begins with the first member that is out, or with a new generation, and ends with its last member. */
function rebalance({ rebalances }: Memory, slot: string, generation?: number): string {
  const kind = kindOf(slot);
  const known = rebalances.get(kind) ?? { count: 0, generation: -1, isOpen: false };
  const isNew = !known.isOpen && (generation === undefined || generation > known.generation);
  const count = known.count + (isNew ? 1 : 0);
  const isOpen = generation === undefined;
  rebalances.set(kind, { count, generation: Math.max(known.generation, generation ?? -1), isOpen });
  return `rebalance ${kind} ${count}`;
}

/** A thread that replaces a dead one belongs to the story of its death. */
function birth({ lives }: Memory, { slot, incarnation, why }: EventOf<'worker-spawned'>): string {
  const [, dead] = /^replaces incarnation (\d+)$/.exec(why) ?? [];
  const key = dead === undefined ? `life ${slot} ${incarnation}` : `death ${slot} ${dead}`;
  lives.set(`${slot} ${incarnation}`, key);
  return key;
}

function death({ deaths }: Memory, { slot, incarnation }: { slot: string; incarnation: number }): string {
  const key = `death ${slot} ${incarnation}`;
  deaths.set(slot, key);
  return key;
}

type KeyOf<T extends EventType> = (event: EventOf<T>, memory: Memory, cause: Cause | undefined) => string | undefined;

/** Events that `workers N` brings about are one story: that of the command. */
function scaling(cause: Cause | undefined): string | undefined {
  return cause?.command.verb === 'workers' ? `scaling ${cause.id}` : undefined;
}

/** Events that join others, by the key of their story. All else is a fact of its own. */
const KEYS: { [T in EventType]?: KeyOf<T> } = {
  'knobs-set': ({ knobs }) => `knobs ${knobs.revision}`,
  'knobs-applied': ({ knobs }) => `knobs ${knobs.revision}`,
  'group-lost': ({ slot }, memory) => rebalance(memory, slot),
  'group-joined': ({ slot, generation }, memory) => rebalance(memory, slot, generation),
  'partition-restored': ({ slot }, { rebalances }) =>
    `rebalance ${kindOf(slot)} ${rebalances.get(kindOf(slot))?.count ?? 0}`,
  'records-dead-lettered': ({ slot, reason, at }) => `dead-lettered ${slot} ${reason} ${Math.floor(at / 1000)}`,
  'worker-spawned': (event, memory, cause) => {
    const key = birth(memory, event);
    return key.startsWith('life') ? (scaling(cause) ?? key) : key;
  },
  'worker-ready': ({ slot, incarnation }, { lives }, cause) => {
    const key = lives.get(`${slot} ${incarnation}`);
    return key?.startsWith('death') ? key : (scaling(cause) ?? key);
  },
  'worker-killed': (event, memory) => death(memory, event),
  'worker-died': (event, memory) => death(memory, event),
  'worker-hung': (event, memory) => death(memory, event),
  'member-left': ({ slot }, { deaths }) => deaths.get(slot),
  'worker-stopped': (_, __, cause) => scaling(cause),
  'worker-removed': (_, __, cause) => scaling(cause),
  'workers-scaled': (_, __, cause) => scaling(cause),
  'command-started': ({ id }) => `command ${id}`,
  'command-finished': ({ id }) => `command ${id}`,
  'command-failed': ({ id }) => `command ${id}`,
};

function keyOf<T extends EventType>(type: T, event: Event, memory: Memory, cause: Cause | undefined) {
  // The row was found by the event's own type.
  return KEYS[type]?.(event as EventOf<T>, memory, cause);
}

/** Puts together what belongs together, in the order of first events. */
export function gather(log: readonly Event[]): Gathering[] {
  const memory: Memory = { rebalances: new Map(), lives: new Map(), deaths: new Map() };
  const causes = createCauses();
  const open = new Map<string, Gathering>();
  const all: Gathering[] = [];
  let knobs: Knobs | undefined;
  for (const event of log) {
    const cause = causes.of(event);
    const key = keyOf(event.type, event, memory, cause);
    const found = key === undefined ? undefined : open.get(key);
    if (found) found.events.push(event);
    else {
      const begun = { events: [event], cause, knobsBefore: knobs };
      if (key !== undefined) open.set(key, begun);
      all.push(begun);
    }
    if (found) found.cause ??= cause;
    if (event.type === 'knobs-set') knobs = event.knobs;
  }
  return all;
}
