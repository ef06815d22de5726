import type { Supervisor } from '../workers/supervisor.ts';
import type { Clock } from './clock.ts';
import type { Cluster } from './cluster.ts';
import type { Command, Verb } from './command.ts';
import type { Result } from './engine.ts';
import type { Recall } from './recall.ts';
import type { Senders } from './senders.ts';
import type { Pipeline } from './state.ts';
import type { EventStore } from './store.ts';
import type { Watcher } from './watcher.ts';

/** What can be done to the embedded broker; each settles when it is seen. */
export type BrokerControl = { stop(): Promise<void>; start(): Promise<void>; kill(): Promise<void> };

/** What a command may reach. */
export type Hall = {
  pipeline: Pipeline;
  clock: Clock;
  /** Uniform in [0, 1). */
  random: () => number;
  /** An order id that nobody else was given. */
  newOrderId: () => string;
  cluster: Cluster;
  supervisor: Supervisor;
  events: EventStore;
  watcher: Watcher;
  senders: Senders;
  recall: Recall;
  /** Absent when the broker is not ours to control. */
  broker: BrokerControl | undefined;
  idle(signal: AbortSignal): Promise<void>;
  refresh(names: readonly string[], signal?: AbortSignal): Promise<void>;
  fact(name: string): number | string;
  waitsFor(): string;
};

/** The member of the command union with this verb. */
export type CommandOf<V extends Verb> = Extract<Command, { verb: V }>;

/** Carries a command out: resolves when it ends as its row says, rejects with a LunchrushError. */
export type Run<V extends Verb> = (hall: Hall, command: CommandOf<V>, signal: AbortSignal) => Promise<Result>;
