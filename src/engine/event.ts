import type { WrittenError } from '../errors.ts';
import type { SupervisorFact } from '../workers/supervisor.ts';
import type { Command } from './command.ts';

/** One partition of a group at one look: committed offset (-1: none) and watermarks, from the broker, never from workers. */
export type LagSample = { topic: string; partition: number; committed: number; low: number; high: number };

/** A group at one look. */
export type GroupSample = {
  groupId: string;
  state: string;
  protocol: string;
  members: {
    memberId: string;
    clientId: string;
    host: string;
    assignment: { topic: string; partitions: number[] }[];
  }[];
  partitions: LagSample[];
};

/** Watermarks of one topic of ours at one look, in order of partition. */
export type TopicSample = { topic: string; watermarks: { low: number; high: number }[] };

/** Facts about the broker process and the cluster behind the address. */
export type BrokerFact =
  | { type: 'broker-started'; address: string; embedded: boolean; attached: boolean; note: string }
  | { type: 'broker-stopped'; asked: boolean; reason: string }
  | { type: 'cluster-lost'; reason: string }
  | { type: 'cluster-found'; awayForMs: number }
  | { type: 'topics-ensured'; partitions: number; created: string[] }
  | { type: 'warned'; sentence: string }
  | { type: 'groups-sampled'; groups: GroupSample[] }
  | { type: 'topics-sampled'; topics: TopicSample[]; deadLetters: number };

/** Facts about what the doors asked. `id` tells one carrying-out from another. */
export type CommandFact =
  | { type: 'command-started'; id: number; command: Command; text: string }
  | { type: 'command-finished'; id: number; forMs: number }
  | { type: 'command-failed'; id: number; error: WrittenError }
  | { type: 'mark-set' }
  | { type: 'audit-finished'; clean: boolean; sentence: string }
  | { type: 'start-progressed'; what: string }
  | { type: 'pipeline-running'; forMs: number }
  | { type: 'lease-denied'; holder: number }
  | { type: 'doors-opened'; orders: string; analytics: string };

/** A fact, before it is said when it happened. */
export type Fact = SupervisorFact | BrokerFact | CommandFact;

/** A fact. Only events change the store. `at` is wall clock in ms. */
export type Event = Fact & { at: number };

export type EventType = Event['type'];

/** One kind of event. */
export type EventOf<T extends EventType> = Extract<Event, { type: T }>;

/** What arrives many times a second and says how things stand, not what happened: kept out of logs and printed lines. */
const SAMPLES: ReadonlySet<EventType> = new Set(['digest-arrived', 'groups-sampled', 'topics-sampled']);

/** Tells looks and digests from things that happened. */
export function isSample(event: Event): boolean {
  return SAMPLES.has(event.type);
}
