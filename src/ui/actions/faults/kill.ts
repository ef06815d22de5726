import { duration } from '../../format/time.ts';
import type { ActionRow } from '../../types.ts';
import { isOnBroker } from './on.ts';
import { holding, telling, warned } from './telling.ts';

/** How long H blocks an event loop, ms: past the time after which the supervisor ends a silent thread. */
const HANG_MS = 20_000;

const SAFE = 'Nothing is lost or counted twice: its successor reads what was done, and goes on there.';

/** Killing and hanging workers. */
export const killing: readonly ActionRow[] = [
  telling(
    {
      id: 'kill-worker',
      chords: ['K'],
      hint: 'kill',
      help: 'ends the thread in the middle of whatever it does; it is replaced at once',
      rank: 24,
      applies: (context) => !isOnBroker(context),
      danger: (context) =>
        warned(
          context,
          'Kill',
          'Kill',
          'Its thread ends in the middle of whatever it does, without a message before.',
          `The group is told, so its partitions${holding(context)} wait part of a second. It is replaced at once.`,
          SAFE,
        ),
    },
    (target) => ({ verb: 'kill', target, silent: false }),
  ),
  telling(
    {
      id: 'kill-worker-silently',
      chords: ['M'],
      hint: 'mute kill',
      help: 'the same, but nobody tells the group: it waits out the session, as for a machine that lost its power',
      rank: 25,
      danger: (context) =>
        warned(
          context,
          'Kill silently',
          'Kill',
          'Its thread ends, and nobody tells the group, as when a machine loses its power.',
          `Its partitions${holding(context)} wait until its session has ended: about 10 s. Then the group rebalances.`,
          SAFE,
        ),
    },
    (target) => ({ verb: 'kill', target, silent: true }),
  ),
  telling(
    {
      id: 'hang-worker',
      chords: ['H'],
      hint: 'hang',
      help: 'blocks the event loop of the worker; one that is silent for too long is replaced',
      rank: 26,
      danger: (context) =>
        warned(
          context,
          'Hang',
          'Hang',
          `Its event loop is blocked for ${duration(HANG_MS)}: no heartbeat, no answer, no record.`,
          'When it has been silent for half a session it is taken for hung, ended and replaced.',
          SAFE,
        ),
    },
    (target) => ({ verb: 'hang', target, forMs: HANG_MS }),
  ),
];
