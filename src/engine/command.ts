import type { LoadShape, ReplayFrom, Slot, WorkerKind } from '../workers/messages.ts';

/** A worker, or all of its kind. */
export type Target = Slot | WorkerKind;

export type Item = { sku: string; qty: number };

/** Something that compares: a fact's name, an operator and a value in the fact's unit (ms for durations, 0..1 for fractions). */
export type Clause = {
  fact: string;
  op: '==' | '!=' | '<' | '<=' | '>' | '>=';
  value: number | string;
  /** As written, for messages: `failure_rate > 26%`. */
  text: string;
};

/** Clauses that must all hold. */
export type Condition = { clauses: Clause[]; text: string };

/** Where a group's offsets go. */
export type ResetTo = ReplayFrom | { type: 'end' };

/**
 * An intent about the world, as every door hands it to the engine: `verb` is the first word of its row in the command
 * table, the rest are its checked arguments. Durations are ms, fractions 0..1.
 */
export type Command =
  | {
      verb: 'produce';
      orderId?: string;
      items: Item[];
      count: number;
      key?: string;
      partition?: number;
      /** The value as given, malformed on purpose; null is a tombstone. */
      raw?: string | null;
    }
  | {
      verb: 'load';
      count?: number;
      rate: number | 'max';
      durationMs?: number;
      shape: LoadShape;
      duplicates: number;
      malformed: number;
      hot: number;
      reuseIds: boolean;
      background: boolean;
    }
  | { verb: 'fail-rate'; failRate: number }
  | { verb: 'throttle'; throttleMs: number }
  | { verb: 'workers'; kind?: 'inventory'; count?: number }
  | { verb: 'pause'; target: Target }
  | { verb: 'resume'; target: Target }
  | { verb: 'stop'; target: Target }
  | { verb: 'start'; target: Target }
  | { verb: 'kill'; target: Target; silent: boolean }
  | { verb: 'hang'; target: Target; forMs: number }
  | { verb: 'broker'; action: 'stop' | 'start' | 'kill' }
  | { verb: 'replay'; action: 'run'; from: ReplayFrom; preview: boolean; yes: boolean }
  | { verb: 'replay'; action: 'cancel' | 'accept' | 'undo' }
  | { verb: 'reset-offsets'; group: string; to: ResetTo; yes: boolean }
  | { verb: 'lag'; group?: string }
  | { verb: 'metrics' }
  | { verb: 'topics' }
  | { verb: 'groups' }
  | { verb: 'members'; group?: string }
  | { verb: 'records'; topic: string; partition?: number; from?: number; limit: number }
  | { verb: 'trace'; orderId: string }
  | { verb: 'dead-letters'; action: 'list' | 'resubmit' }
  | { verb: 'audit' }
  | { verb: 'mark' }
  | { verb: 'wait'; for: 'idle'; timeoutMs: number }
  | { verb: 'wait'; for: 'condition'; condition: Condition; timeoutMs: number }
  | { verb: 'wait'; for: 'event'; event: string; timeoutMs: number }
  | { verb: 'expect'; condition: Condition }
  | { verb: 'sleep'; forMs: number }
  | { verb: 'say'; text: string }
  | { verb: 'help'; topic?: string }
  | { verb: 'quit' };

export type Verb = Command['verb'];
