import type { Expectation } from '../engine/condition.ts';
import type { Result } from '../engine/engine.ts';
import type { Event } from '../engine/event.ts';
import type { Fault } from '../engine/language/fault.ts';
import type { Step } from '../engine/language/parse.ts';
import type { LunchrushError } from '../errors.ts';

/** How a script that runs is told about: in lines for a person, or one JSON object a line. */
export type Voice = {
  started(version: string): void;
  /** Something worth a word that no command caused. */
  note(sentence: string): void;
  event(event: Event): void;
  result(step: Step, result: Result): void;
  /** What `expect` and `wait` found, whether it holds or not. */
  expectation(step: Step, result: Result, expectation: Expectation): void;
  /** Something wrong with the script, found before anything ran. */
  fault(fault: Fault): void;
  /** A failure, of a step or of what is around them. */
  error(error: LunchrushError, step?: Step): void;
  finished(exit: number): void;
};
