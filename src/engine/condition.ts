import type { Clause } from './command.ts';

/** A clause with the value its fact had; null when there was nothing to compare. Units as in the fact table. */
export type ClauseVerdict = { clause: Clause; actual: number | string | null; holds: boolean };

/**
 * What `expect` and `wait` answer as `Result.data`. A condition that does not hold, or not in time, is an answer and no
 * error: the command resolves with `holds: false`, and the door decides what that means for its exit code.
 */
export type Expectation = {
  holds: boolean;
  /** One sentence that says what does not hold, or what still held `idle` up; empty when it holds. */
  sentence: string;
  clauses: ClauseVerdict[];
  waitedMs: number;
};

const COMPARE: Record<Clause['op'], (a: number | string, b: number | string) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** Compares one clause. What cannot be said holds for no operator. */
export function judge(clause: Clause, actual: number | string | undefined): ClauseVerdict {
  const holds =
    actual !== undefined && typeof actual === typeof clause.value && COMPARE[clause.op](actual, clause.value);
  return { clause, actual: actual ?? null, holds };
}
