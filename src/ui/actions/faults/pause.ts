import type { ActionRow } from '../../types.ts';
import { clusterGuard } from '../guards.ts';
import { isOnBroker, workerOn } from './on.ts';
import { holding, needsWorker, telling, warned } from './telling.ts';

/** Pausing and stopping workers, and having them go on. */
export const pausing: readonly ActionRow[] = [
  telling(
    {
      id: 'pause-worker',
      chords: ['p'],
      hint: 'pause',
      help: 'has the worker take no more records; it stays in its group, and p again has it go on',
      rank: 22,
      applies: (context) => workerOn(context)?.paused !== true,
    },
    (target) => ({ verb: 'pause', target }),
  ),
  telling(
    {
      id: 'resume-worker',
      chords: ['p'],
      hint: 'resume',
      help: 'has a paused worker go on',
      rank: 22,
      applies: (context) => workerOn(context)?.paused === true,
    },
    (target) => ({ verb: 'resume', target }),
  ),
  telling(
    {
      id: 'stop-worker',
      chords: ['s'],
      hint: 'stop',
      help: 'ends the worker cleanly; it stays down until s starts it',
      rank: 23,
      applies: (context) => !isOnBroker(context) && workerOn(context)?.thread !== 'stopped',
      guard: needsWorker,
      danger: (context) =>
        warned(
          context,
          'Stop',
          'Stop',
          'It finishes what it has begun, commits and leaves the group. It stays down until you start it.',
          `Its partitions${holding(context)} go to others of its kind; without any they wait.`,
        ),
    },
    (target) => ({ verb: 'stop', target }),
  ),
  telling(
    {
      id: 'start-worker',
      chords: ['s'],
      hint: 'start',
      help: 'starts a stopped worker',
      rank: 23,
      applies: (context) => workerOn(context)?.thread === 'stopped',
      guard: clusterGuard,
    },
    (target) => ({ verb: 'start', target }),
  ),
];
