import type { EventType } from '../event.ts';

/** `line`: one of its own in `--json`. Digests and samples come ten times a second: they are state, not news. */
type EventRow = { help: string; line: boolean };

/** Every event: what `wait event NAME` can name, and which of them a program that reads `--json` is told. */
export const EVENTS = {
  'worker-spawned': { help: 'a thread was started for a slot', line: true },
  'worker-ready': { help: 'a thread is up', line: true },
  'worker-died': { help: 'a thread ended unasked', line: true },
  'worker-killed': { help: 'a thread was killed on request', line: true },
  'worker-hung': { help: 'a thread was silent for too long', line: true },
  'worker-stopped': { help: 'a thread ended on request and stays down', line: true },
  'worker-removed': { help: 'a slot is gone', line: true },
  'worker-paused': { help: 'a worker has paused', line: true },
  'worker-resumed': { help: 'a worker goes on', line: true },
  'workers-scaled': { help: 'a kind has its number of workers', line: true },
  'member-left': { help: 'the membership of a dead worker was left for it', line: true },
  'knobs-set': { help: 'fail rate or throttle were turned', line: true },
  'knobs-applied': { help: 'a worker applies the knobs', line: true },
  'group-joined': { help: 'a worker joined its group and has its partitions', line: true },
  'group-lost': { help: 'a worker is out of its group or the group rebalances', line: true },
  'partition-restored': { help: 'an inventory worker knows where to go on', line: true },
  'partition-halted': { help: 'a worker stopped one partition for a reason', line: true },
  'commit-ignored': { help: 'a committed offset that is not ours was ignored', line: true },
  'send-doubted': { help: 'nobody knows whether a send arrived', line: true },
  'records-dead-lettered': { help: 'malformed records went to the dead-letter topic', line: true },
  'state-recomputed': { help: 'saved state did not fit the log and was made anew', line: true },
  'load-started': { help: 'a load test began', line: true },
  'load-finished': { help: 'a load test ended', line: true },
  'replay-rewound': { help: 'the live member has gone back', line: true },
  'replay-identical': { help: 'a replay gave the same numbers', line: true },
  'replay-differed': { help: 'a replay gave other numbers', line: true },
  'replay-reported': { help: 'a replay of a window ended', line: true },
  'replay-cancelled': { help: 'a replay was cancelled', line: true },
  'replay-accepted': { help: 'the replayed numbers were taken', line: true },
  'replay-undone': { help: 'the held numbers were kept', line: true },
  'output-printed': { help: 'a thread wrote to stdout or stderr', line: true },
  'digest-arrived': { help: 'a worker told its state', line: false },
  'broker-started': { help: 'a broker is there', line: true },
  'broker-stopped': { help: 'the embedded broker is gone', line: true },
  'cluster-lost': { help: 'the cluster does not answer', line: true },
  'cluster-found': { help: 'the cluster answers again', line: true },
  'topics-ensured': { help: 'our topics exist and fit', line: true },
  warned: { help: 'something works, but not as it should', line: true },
  'topics-sampled': { help: 'the broker was asked about our topics', line: false },
  'groups-sampled': { help: 'the broker was asked about our groups', line: false },
  'command-started': { help: 'a command began', line: false },
  'command-finished': { help: 'a command was carried out', line: false },
  'command-failed': { help: 'a command failed', line: false },
  'mark-set': { help: 'all facts were noted', line: true },
  'audit-finished': { help: 'an audit has its verdict', line: true },
  'start-progressed': { help: 'the start goes on to its next step', line: false },
  'pipeline-running': { help: 'workers have their partitions', line: true },
  'lease-denied': { help: 'another program runs this pipeline', line: true },
} as const satisfies Record<EventType, EventRow>;

/** Names of all events. */
export const EVENT_NAMES = Object.keys(EVENTS) as [EventType, ...EventType[]];
