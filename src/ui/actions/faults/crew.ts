import { elsewhere } from '../../panes/elsewhere.ts';
import { workersOf } from '../../panes/worker-state.ts';
import type { ActionContext, ActionRow, Question } from '../../types.ts';
import { clusterGuard } from '../guards.ts';

/** How many workers the supervisor keeps at most. */
const MOST = 64;

function crew({ state }: ActionContext): number {
  return workersOf(state, 'inventory').length;
}

function scale(context: ActionContext, by: 1 | -1): ReturnType<ActionRow['run']> {
  return [{ do: 'command', command: { verb: 'workers', kind: 'inventory', count: crew(context) + by } }];
}

/** A worker of ours would take partitions from those that somebody else runs. */
function besides(others: number): Question {
  const whose = others === 1 ? 'a worker of another program' : `${others} workers of other programs`;
  const lines = [
    `The inventory group is worked by ${whose}.`,
    'One of ours joins them, and the group divides its partitions anew.',
  ];
  return { title: 'Add a worker beside those of others', lines, go: 'Add' };
}

/** Why there is none to be removed, by how many there are. */
const LAST = ['there is no inventory worker of ours', 'the last one stays; s on it stops it'];

/** Adding and removing inventory workers. */
export const crewing: readonly ActionRow[] = [
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
      const others = elsewhere(context.state);
      if (others > 0) return besides(others);
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
    guard: (context) => clusterGuard(context) ?? LAST[crew(context)],
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
];
