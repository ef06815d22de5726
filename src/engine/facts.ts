import { FACTS, type Fact, type FactRow, WORKER_KINDS } from './fact-rows.ts';
import type { State } from './state.ts';

export { FACTS, type Fact, type FactRow, type FactSource, type FactType } from './fact-rows.ts';

/**
 * The fact of a written name, or undefined. After the first dot of a family's name the rest is taken verbatim:
 * `lag.some.group`. `since.` goes before any fact whose value is a number.
 */
export function findFact(name: string): Fact | undefined {
  const plain = FACTS.find((row) => row.name === name);
  if (plain && !isFamily(plain)) return { ...plain, select: (s) => plain.select(s, '') };
  const dot = name.indexOf('.');
  if (dot < 1 || dot === name.length - 1) return undefined;
  const [head, argument] = [name.slice(0, dot), name.slice(dot + 1)];
  if (head === 'since') return sinceFact(argument);
  const family = FACTS.find((row) => isFamily(row) && row.name.startsWith(`${head}.`));
  if (!family || (head === 'workers' && !WORKER_KINDS.some((kind) => kind === argument))) return undefined;
  return { ...family, name, select: (s) => family.select(s, argument) };
}

function isFamily(row: FactRow): boolean {
  return /\.[A-Z]+$/.test(row.name);
}

function sinceFact(name: string): Fact | undefined {
  const fact = name.startsWith('since.') ? undefined : findFact(name);
  if (!fact || fact.type === 'text') return undefined;
  const difference = name === 'failure_rate' ? failureRateSince : (s: State) => since(s, fact);
  return { ...fact, name: `since.${name}`, help: `${fact.help}, since mark`, select: difference };
}

/** Undefined before the first mark, and for what was not known at it. */
function since(state: State, fact: Fact): number | undefined {
  const [now, then] = [fact.select(state), state.marks?.facts[fact.name]];
  return typeof now === 'number' && typeof then === 'number' ? now - then : undefined;
}

function failureRateSince(state: State): number | undefined {
  const [all, failed] = ['total_reservations', 'failed_reservations'].map((name) => {
    const fact = findFact(name);
    return fact && since(state, fact);
  });
  if (all === undefined || failed === undefined) return undefined;
  return all === 0 ? 0 : failed / all;
}

/** Every fact that has a value now, the families' with the groups and kinds that are known, by name. */
export function allFacts(state: State): Record<string, number | string> {
  const groups = [...Object.keys(state.pipeline.groups), ...Object.keys(state.groups)];
  const arguments_: Record<string, readonly string[]> = { GROUP: groups, KIND: WORKER_KINDS, FACT: [] };
  const names = FACTS.flatMap(({ name }) => {
    const family = /^(.+\.)([A-Z]+)$/.exec(name);
    return family ? (arguments_[family[2] ?? ''] ?? []).map((argument) => `${family[1]}${argument}`) : [name];
  });
  const values = names.map((name) => [name, findFact(name)?.select(state)] as const);
  return Object.fromEntries(values.filter((pair): pair is [string, string | number] => pair[1] !== undefined));
}
