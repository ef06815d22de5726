import type { FactType } from '../facts.ts';
import { FACTS, findFact } from '../facts.ts';
import type { Run } from '../hall.ts';
import { pairs } from '../print/columns.ts';
import { count, duration, percent, rate } from '../print/quantity.ts';
import type { State } from '../state.ts';

/** Prints what the log adds up to, asked for anew. */
export const run: Run<'metrics'> = async (hall) => {
  await hall.refresh(['total_orders', 'lag', 'dead_letters']);
  const state = hall.events.store.getState();
  const minutes = state.analytics.totals?.orders_per_minute ?? {};
  return { data: { ...shown(state), orders_per_minute: minutes }, text: printMetrics(state) };
};

/** Facts with a value of their own; families and marks are left to `expect`. */
function shown(state: State): Record<string, number | string> {
  const names = FACTS.filter((row) => !/[A-Z]/.test(row.name)).map((row) => row.name);
  return Object.fromEntries(names.map((name) => [name, findFact(name)?.select(state) ?? 0]));
}

const PRINT: Record<FactType, (value: number) => string> = { count, fraction: percent, duration, rate, text: String };

/** Facts and orders by minute as lines; partial totals say why. */
export function printMetrics(state: State): string[] {
  const facts = Object.entries(shown(state)).map(([name, value]) => [name, printFact(name, value)] as const);
  const minutes = Object.entries(state.analytics.totals?.orders_per_minute ?? {});
  const partial = state.analytics.partialBecause;
  return [
    ...(partial ? [`partial: ${partial} holds some of the partitions`] : []),
    ...pairs(facts),
    ...(minutes.length > 0
      ? ['orders by minute:', ...pairs(minutes.map(([m, n]) => [`  ${m}`, count(n)] as const))]
      : []),
  ];
}

/** A fact's value with its unit, for people. */
export function printFact(name: string, value: number | string): string {
  const type = findFact(name)?.type ?? 'text';
  return typeof value === 'number' ? PRINT[type](value) : value;
}
