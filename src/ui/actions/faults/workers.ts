import type { Command } from '../../../engine/command.ts';
import type { WorkerState } from '../../../engine/state.ts';
import { duration } from '../../format/time.ts';
import { held } from '../../panes/faults/workers.ts';
import { workersOf } from '../../panes/worker-state.ts';
import type { ActionContext, ActionRow } from '../../types.ts';
import { clusterGuard } from '../guards.ts';
import { isOnBroker, workerOn } from './on.ts';

/** How long H blocks an event loop, ms: past the time after which the supervisor ends a silent thread. */
const HANG_MS = 20_000;

/** How many workers the supervisor keeps at most. */
const MOST = 64;

function crew({ state }: ActionContext): number {
  return workersOf(state, 'inventory').length;
}

const needsWorker = (context: ActionContext) => (workerOn(context) ? undefined : 'choose a worker first: j goes down');

/** Why a worker that has to live for it cannot be told anything. */
function needsLiving(context: ActionContext): string | undefined {
  const worker = workerOn(context);
  if (!worker) return needsWorker(context);
  return worker.thread === 'ready'
    ? undefined
    : `${worker.slot} is ${worker.thread === 'dead' ? 'being replaced' : worker.thread}`;
}

function scale(context: ActionContext, by: 1 | -1): ReturnType<ActionRow['run']> {
  return [{ do: 'command', command: { verb: 'workers', kind: 'inventory', count: crew(context) + by } }];
}

/** A row that tells the worker under the cursor to do something. */
function telling(
  row: Pick<ActionRow, 'id' | 'chords' | 'hint' | 'help'> & Partial<ActionRow>,
  command: (target: WorkerState['slot']) => Command,
): ActionRow {
  return {
    layer: 'faults',
    guard: needsLiving,
    ...row,
    run(context) {
      const worker = workerOn(context);
      return worker ? [{ do: 'command', command: command(worker.slot) }] : [];
    },
  };
}

/** What a worker holds, as part of a warning. */
function holding(context: ActionContext): string {
  const worker = workerOn(context);
  const what = worker ? held(context.state, worker) : '';
  return what === '' || what === 'none' ? '' : ` (${what})`;
}

function warned(context: ActionContext, verb: string, go: string, ...lines: string[]) {
  return { title: `${verb} ${workerOn(context)?.slot ?? ''}`, lines, go };
}

const SAFE = 'Nothing is lost or counted twice: its successor reads what was done, and goes on there.';

/** Adding, removing, pausing, killing workers. */
export const workers: readonly ActionRow[] = [
  {
    id: 'add-worker',
    layer: 'faults',
    chords: ['a'],
    hint: 'add',
    help: 'adds an inventory worker; the group rebalances',
    rank: 20,
    guard: (context) => clusterGuard(context) ?? (crew(context) >= MOST ? `${MOST} workers are the most` : undefined),
    danger(context) {
      const { partitions } = context.state.topics;
      if (crew(context) < partitions) return undefined;
      const lines = [
        `orders has ${partitions} partitions, and each has a worker of its own already.`,
        'One more would hold no partition: it stands by until another one is gone.',
      ];
      return { title: 'Add a worker that has nothing to do', lines, go: 'Add' };
    },
    run: (context) => scale(context, 1),
  },
  {
    id: 'remove-worker',
    layer: 'faults',
    chords: ['x'],
    hint: 'remove',
    help: 'removes the last inventory worker; the group rebalances',
    rank: 21,
    guard: (context) =>
      clusterGuard(context) ?? (crew(context) <= 1 ? 'the last one stays; s on it stops it' : undefined),
    danger: (context) => ({
      title: 'Remove a worker',
      lines: [
        `inventory/${crew(context)} finishes what it has begun, commits and leaves the group.`,
        'Its partitions go to those that stay.',
      ],
      go: 'Remove',
    }),
    run: (context) => scale(context, -1),
  },
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
