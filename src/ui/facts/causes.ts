import type { Command } from '../../engine/command.ts';
import type { Event, EventOf, EventType } from '../../engine/event.ts';
import type { Cause } from './fact.ts';

type Brings<T extends EventType> = (event: EventOf<T>, command: Command) => boolean;

/** Whether a command's target means this slot. */
function meant(command: Command, slot: string): boolean {
  return 'target' in command && (command.target === slot || slot.startsWith(`${command.target}/`));
}

function aimed(...verbs: Command['verb'][]) {
  return ({ slot }: { slot: string }, command: Command) => verbs.includes(command.verb) && meant(command, slot);
}

function by(...verbs: Command['verb'][]) {
  return (_: unknown, { verb }: Command) => verbs.includes(verb);
}

const scaled = by('workers');
const replayed = by('replay');

/** A thread is started because somebody said start, or more workers; one that replaces a dead one is nobody's doing. */
function spawned(event: EventOf<'worker-spawned'>, command: Command): boolean {
  if (event.why.startsWith('replaces')) return false;
  return aimed('start')(event, command) || (event.slot.startsWith('inventory/') && command.verb === 'workers');
}

/** Which command that is being carried out brings an event about. */
const BRINGS: { [T in EventType]?: Brings<T> } = {
  'command-started': () => false,
  'worker-spawned': spawned,
  'worker-ready': (event, command) => aimed('start')(event, command) || command.verb === 'workers',
  'worker-killed': aimed('kill'),
  'worker-hung': aimed('hang'),
  'worker-stopped': (event, command) => aimed('stop')(event, command) || command.verb === 'workers',
  'worker-removed': scaled,
  'workers-scaled': scaled,
  'worker-paused': aimed('pause'),
  'worker-resumed': aimed('resume'),
  'knobs-set': (_, { verb }) => verb === 'fail-rate' || verb === 'throttle',
  'load-started': by('load'),
  'load-finished': (event, command) => command.verb === 'load' || aimed('stop')(event, command),
  'replay-rewound': replayed,
  'replay-identical': replayed,
  'replay-differed': replayed,
  'replay-reported': replayed,
  'replay-cancelled': replayed,
  'replay-accepted': replayed,
  'replay-undone': replayed,
  'broker-stopped': by('broker'),
  'broker-started': by('broker'),
  'mark-set': by('mark'),
  'audit-finished': by('audit'),
};

function brings<T extends EventType>(type: T, event: Event, command: Command): boolean {
  // The row was found by the event's own type.
  return BRINGS[type]?.(event as EventOf<T>, command) ?? false;
}

/** How long after its end a hang can still be what a worker hangs of, ms. */
const HANGS_MS = 60_000;

/** Follows which commands are being carried out, and says of each event which of them brought it about. */
export function createCauses(): { of(event: Event): Cause | undefined } {
  const running = new Map<number, Cause>();
  let hangs: { cause: Cause; until: number }[] = [];
  const follow = (event: Event): Cause | undefined => {
    if (event.type === 'command-started') {
      const { id, command, text, at } = event;
      const cause = { id, command, text };
      running.set(id, cause);
      if (command.verb === 'hang') hangs = [...hangs, { cause, until: at + command.forMs + HANGS_MS }];
      return cause;
    }
    if (event.type === 'command-finished' || event.type === 'command-failed') running.delete(event.id);
    return undefined;
  };
  return {
    of(event) {
      const own = follow(event);
      if (own) return own;
      hangs = hangs.filter(({ until }) => until > event.at);
      const candidates = [...hangs.map(({ cause }) => cause), ...running.values()].reverse();
      return candidates.find(({ command }) => brings(event.type, event, command));
    },
  };
}
