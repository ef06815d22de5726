import { LunchrushError } from '../../errors.ts';
import type { Condition } from '../command.ts';
import { type ClauseVerdict, type Expectation, judge } from '../condition.ts';
import { findFact } from '../facts.ts';
import type { Hall, Run } from '../hall.ts';
import { printFact } from './metrics.ts';

/** Compares facts that were brought up to date before. One that does not hold is an answer, not an error. */
export const run: Run<'expect'> = async (hall, { condition }, signal) => {
  await hall.refresh(factsIn(condition), signal);
  const expectation = look(hall, condition, 0);
  return { data: expectation, text: [expectation.holds ? `holds: ${condition.text}` : expectation.sentence] };
};

/** Names of the facts that a condition compares. */
export function factsIn(condition: Condition): string[] {
  return [...new Set(condition.clauses.map((clause) => clause.fact))];
}

/** What the condition comes to, by the store as it is. */
export function look(hall: Pick<Hall, 'events'>, condition: Condition, waitedMs: number): Expectation {
  const state = hall.events.store.getState();
  const clauses = condition.clauses.map((clause) => {
    if (clause.fact.startsWith('since.') && state.marks === null) throw unmarked(clause.fact);
    return judge(clause, findFact(clause.fact)?.select(state));
  });
  const broken = clauses.filter((clause) => !clause.holds);
  return { holds: broken.length === 0, sentence: broken.map(sentence).join('; '), clauses, waitedMs };
}

function unmarked(fact: string): LunchrushError {
  return new LunchrushError('COMMAND_REFUSED', `${fact} has no beginning`, { fix: 'say mark before' });
}

function sentence({ clause, actual }: ClauseVerdict): string {
  if (actual === null) return `${clause.text} does not hold: nothing is known of ${clause.fact}`;
  const printed = printFact(clause.fact, actual);
  const exact = typeof actual === 'number' && !Number.isInteger(actual) ? ` (${actual})` : '';
  return `${clause.text} does not hold: ${clause.fact} is ${printed}${exact}`;
}
