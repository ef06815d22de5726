import type { Engine } from '../../engine/engine.ts';
import type { Event } from '../../engine/event.ts';
import type { Totals } from '../../orders/totals.ts';
import { createHeld } from './held.ts';
import { createRequests, type Requests } from './requests.ts';
import { createSums, type Sums } from './sums.ts';

export type { Sums } from './sums.ts';

/** What a counter needs and the state does not keep: sums over threads and loads that are gone, and what ended how. */
export type Memory = {
  /** A counter of the fold; an analytics worker that restores tells it lower for a moment. Undefined before the first. */
  folded(count: FoldCount): number | undefined;
  /** End to end and to the acknowledgement, over all threads. */
  endToEnd(): Sums;
  published(): Sums;
  /** Records of all load tests. */
  load(): LoadSums;
  /** How many commands of a verb ended how. */
  commands: ReadonlyMap<string, { finished: number; failed: number }>;
  replays: Readonly<Record<ReplayEnd, number>>;
  /** What was asked of the doors. */
  requests: Requests;
  close(): void;
};

/** Counters of the log, and those with an outcome that is not failed. */
export type FoldCount = Exclude<keyof Totals, 'orders_per_minute' | 'failure_rate'> | 'reserved';

export type ReplayEnd = 'identical' | 'different' | 'window' | 'cancelled';

const LOAD_COUNTS = ['produced', 'errors', 'unknown', 'late', 'shed'] as const;

export type LoadSums = Record<(typeof LOAD_COUNTS)[number], number>;

type DigestEvent = Extract<Event, { type: 'digest-arrived' }>;

const REPLAY_ENDS: { [T in Event['type']]?: ReplayEnd } = {
  'replay-identical': 'identical',
  'replay-differed': 'different',
  'replay-reported': 'window',
  'replay-cancelled': 'cancelled',
};

/** Listens to an engine from now on; what its workers have counted so far is in it. */
export function createMemory(engine: Pick<Engine, 'store' | 'onEvent'>): Memory {
  const held = createHeld();
  const endToEnd = createSums();
  const published = createSums();
  const load = createSums();
  const commands = new Map<string, { finished: number; failed: number }>();
  const verbs = new Map<number, string>();
  const replays: Record<ReplayEnd, number> = { identical: 0, different: 0, window: 0, cancelled: 0 };

  const hear = ({ digest }: Pick<DigestEvent, 'digest'>) => {
    const { slot, incarnation } = digest;
    if (digest.kind === 'analytics') {
      endToEnd.note(slot, incarnation, '', digest.endToEnd);
      // While it starts it has nothing to say; one that has been replaced is no longer heard.
      const isHeard = engine.store.getState().workers[slot]?.incarnation === incarnation;
      if (digest.state !== 'starting' && isHeard) held.note(countsOf(digest.totals));
    }
    if (digest.kind !== 'load') return;
    published.note(slot, incarnation, '', digest.published);
    load.note(slot, incarnation, digest.run, { boundsMs: [], counts: LOAD_COUNTS.map((c) => digest[c]), sumMs: 0 });
  };
  const ended = (id: number, how: 'finished' | 'failed') => {
    const verb = verbs.get(id);
    verbs.delete(id);
    if (verb === undefined) return;
    const counts = commands.get(verb) ?? { finished: 0, failed: 0 };
    commands.set(verb, { ...counts, [how]: counts[how] + 1 });
  };
  const onEvent = (event: Event) => {
    const end = REPLAY_ENDS[event.type];
    if (end) replays[end] += 1;
    if (event.type === 'digest-arrived') hear(event);
    if (event.type === 'command-started') verbs.set(event.id, event.command.verb);
    if (event.type === 'command-finished') ended(event.id, 'finished');
    if (event.type === 'command-failed') ended(event.id, 'failed');
    // Only these may lower what the log is said to hold: another log, or a second fold that was taken for the first.
    if (event.type === 'replay-accepted' || (event.type === 'state-recomputed' && event.partition >= 0)) held.release();
    if (event.type === 'load-finished') hear({ digest: event.report });
  };
  for (const { digest } of Object.values(engine.store.getState().workers)) if (digest) hear({ digest });
  const close = engine.onEvent(onEvent);

  return {
    folded: held.read,
    endToEnd: endToEnd.read,
    published: published.read,
    load() {
      const [produced = 0, errors = 0, unknown = 0, late = 0, shed = 0] = load.read().counts;
      return { produced, errors, unknown, late, shed };
    },
    commands,
    replays,
    requests: createRequests(),
    close,
  };
}

function countsOf(totals: Totals): Record<string, number> {
  const { orders_per_minute: _, failure_rate: __, ...counts } = totals;
  return { ...counts, reserved: counts.total_reservations - counts.failed_reservations };
}
