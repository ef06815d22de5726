import type { Event } from '../../engine/event.ts';
import type { Fact } from './fact.ts';
import { gather } from './gather.ts';
import { sentenceOf } from './sentences.ts';

function isCommand({ events: [first] }: { events: readonly Event[] }): boolean {
  return first?.type.startsWith('command-') ?? false;
}

/** A command that brought facts about is told by them; one that failed tells it itself. */
function isToldByOthers({ events, cause }: Pick<Fact, 'events' | 'cause'>, told: ReadonlySet<number>): boolean {
  const hasFailed = events.some(({ type }) => type === 'command-failed');
  return !hasFailed && cause !== undefined && told.has(cause.id);
}

/** The log as facts, the oldest first. */
function tell(log: readonly Event[]): Fact[] {
  const gathered = gather(log);
  const told = new Set(gathered.filter((each) => !isCommand(each)).flatMap(({ cause }) => cause?.id ?? []));
  const facts: Fact[] = [];
  for (const gathering of gathered) {
    if (isCommand(gathering) && isToldByOthers(gathering, told)) continue;
    const sentence = sentenceOf(gathering);
    const at = gathering.events[0]?.at ?? 0;
    const { events, cause } = gathering;
    if (sentence) facts.push({ ...sentence, id: Math.max(at, (facts.at(-1)?.id ?? 0) + 0.001), at, cause, events });
  }
  return facts;
}

const told = new WeakMap<readonly Event[], Fact[]>();

/** The facts of a log, the oldest first. The same log gives the same list: it is told once, however often it is drawn. */
export function factsOf(log: readonly Event[]): readonly Fact[] {
  const known = told.get(log);
  if (known) return known;
  const facts = tell(log);
  told.set(log, facts);
  return facts;
}
