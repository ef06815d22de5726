import type { Command, Verb } from '../engine/command.ts';
import type { State } from '../engine/state.ts';
import { consume, groups, perfTest, produce, resetGroup, resetReplay, topics } from './equivalent/tools.ts';

/**
 * What somebody with Kafka's own tools would type. `does`: the same; `shows`: Kafka cannot do it, but this shows what
 * has come of it; `none`: neither, and why. Lines are for a shell with the tools of Kafka 4.2 or later on its path.
 */
export type Equivalent = { is: 'does' | 'shows'; line: string } | { is: 'none'; why: string };

type Of<V extends Verb> = (command: Extract<Command, { verb: V }>, cluster: Known) => Equivalent;

/** What lines need to know: where the cluster is, and what things are called there. */
export type Known = Pick<State, 'pipeline'> & { cluster: Pick<State['cluster'], 'address'> };

const does = (line: string): Equivalent => ({ is: 'does', line });
const shows = (line: string): Equivalent => ({ is: 'shows', line });
const none = (why: string): Equivalent => ({ is: 'none', why });

const OURS = 'this is about Lunchrush itself';
const THREADS = 'Kafka knows members, not the threads that hold them';

/** Members of the group that a worker belongs to. */
function membersOf(target: string, known: Known): Equivalent {
  const kind = target.replace(/\/.*/, '');
  const { inventory, analytics } = known.pipeline.groups;
  if (kind === 'load') return none(THREADS);
  return shows(groups(known, '--describe', '--group', kind === 'inventory' ? inventory : analytics, '--members'));
}

function lagOf(group: string | undefined, known: Known): string {
  const ours: Record<string, string> = known.pipeline.groups;
  return group === undefined
    ? groups(known, '--describe', '--all-groups')
    : groups(known, '--describe', '--group', ours[group] ?? group);
}

const BROKER = {
  stop: does('kafka-server-stop.sh'),
  start: does('kafka-server-start.sh -daemon config/server.properties'),
  kill: does("pkill -KILL -f 'kafka\\.Kafka'"),
} as const;

/** One row for each verb. */
const ROWS: { [V in Verb]: Of<V> } = {
  produce: (command, known) => produce(command, known),
  load: (command, known) => perfTest(command, known),
  'fail-rate': () => none('it is a setting of our inventory workers; Kafka has no word for it'),
  throttle: (_, known) => shows(lagOf('inventory', known)),
  workers: (_, known) => membersOf('inventory', known),
  pause: (_, known) => shows(lagOf(undefined, known)),
  resume: (_, known) => shows(lagOf(undefined, known)),
  stop: ({ target }, known) => membersOf(target, known),
  start: ({ target }, known) => membersOf(target, known),
  kill: ({ target }, known) => membersOf(target, known),
  hang: ({ target }, known) => membersOf(target, known),
  broker: ({ action }) => BROKER[action],
  replay: (command, known) =>
    command.action === 'run' ? does(resetReplay(command, known)) : shows(lagOf('analytics', known)),
  'reset-offsets': (command, known) => does(resetGroup(command, known)),
  lag: ({ group }, known) => does(lagOf(group, known)),
  metrics: () => none('it is what our analytics made of the log; Kafka keeps the records only'),
  topics: (_, known) => does(topics(known)),
  groups: (_, known) => does(groups(known, '--list', '--state')),
  members: ({ group }, known) => {
    const ours: Record<string, string> = known.pipeline.groups;
    const which = group === undefined ? ['--all-groups'] : ['--group', ours[group] ?? group];
    return does(groups(known, '--describe', ...which, '--members', '--verbose'));
  },
  records: (command, known) => does(consume(known, command)),
  trace: ({ orderId }, known) =>
    does(
      [known.pipeline.topics.orders, known.pipeline.topics.inventoryEvents]
        .map((topic) => consume(known, { topic, from: 0, find: orderId }))
        .join('; '),
    ),
  'dead-letters': (_, known) => does(consume(known, { topic: known.pipeline.topics.deadLetters, from: 0 })),
  audit: () => none('Kafka has no tool that folds the log'),
  mark: () => none(OURS),
  wait: (_, known) => shows(lagOf(undefined, known)),
  expect: () => none(OURS),
  sleep: ({ forMs }) => does(`sleep ${forMs / 1000}`),
  say: () => none(OURS),
  help: () => none(OURS),
  quit: () => none(OURS),
};

/** The line of Kafka's own tools for a command, or why there is none. */
export function equivalentOf(command: Command, known: Known): Equivalent {
  // The row was found by the command's own verb.
  return (ROWS[command.verb] as (command: Command, known: Known) => Equivalent)(command, known);
}
