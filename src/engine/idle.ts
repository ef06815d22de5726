import { LunchrushError, readError, toLunchrushError } from '../errors.ts';
import { faultOf, isRefusal, toKafkaError } from '../kafka/errors.ts';
import type { Supervisor } from '../workers/supervisor.ts';
import { within } from './bounded.ts';
import { type Clock, pause } from './clock.ts';
import type { Cluster } from './cluster.ts';
import { holdUps } from './hold-ups.ts';
import type { Pipeline, State, Watermarks } from './state.ts';
import type { EventStore } from './store.ts';

/** Pauses between two questions, ms: short at first, for what is nearly done. */
const BACKOFF_MS = { first: 10, longest: 100 };

/** How long workers may take to flush, ms, before they are asked again. */
const FLUSH_MS = 5000;

/** High watermarks that have to be reached. What is below the low ones is gone, and reached by whoever did nothing yet. */
type Ends = { topic: string; marks: Watermarks[] }[];

/** What the barrier needs. `says` hears what is being waited for, as one sentence, whenever that changes. */
export type IdleParts = {
  cluster: Pick<Cluster, 'watermarks' | 'committed' | 'describe'>;
  supervisor: Pick<Supervisor, 'flush'>;
  events: Pick<EventStore, 'store' | 'commit'>;
  clock: Clock;
};

type Says = (sentence: string) => void;

/** An answer, or why there is none yet. */
type Ask<T> = () => Promise<T | string>;

async function endsOf({ cluster }: IdleParts, topics: readonly string[]): Promise<Ends> {
  return Promise.all(topics.map(async (topic) => ({ topic, marks: await cluster.watermarks(topic) })));
}

/** The first partition of which `at` has not reached the end, in words; -1 is no offset at all. */
function missing(ends: Ends, verb: string, at: (topic: string, partition: number) => number): string | undefined {
  for (const { topic, marks } of ends) {
    for (const [partition, { low, high }] of marks.entries()) {
      const reached = Math.max(low, at(topic, partition));
      if (reached < high) return `${verb} ${reached} of ${high} in ${topic}/${partition}`;
    }
  }
  return undefined;
}

async function committed({ cluster }: IdleParts, groupId: string, ends: Ends): Promise<string | undefined> {
  const offsets = new Map(
    await Promise.all(ends.map(async ({ topic }) => [topic, await cluster.committed(groupId, topic)] as const)),
  );
  return missing(ends, `${groupId} has committed`, (topic, partition) => offsets.get(topic)?.[partition] ?? -1);
}

/** Analytics here may read beside its group. Then a group without members commits nothing that could be waited for. */
async function analyticsCommitted(parts: IdleParts, groupId: string, ends: Ends): Promise<string | undefined> {
  const { workers } = parts.events.store.getState();
  const isBeside = Object.values(workers).some(({ digest }) => digest?.kind === 'analytics' && digest.watchOnly);
  if (isBeside) {
    const [group] = await parts.cluster.describe([groupId]);
    if (group?.members.length === 0) return undefined;
  }
  return committed(parts, groupId, ends);
}

/** What analytics' latest digest has folded; partitions that another member holds are not ours to wait for. */
function folded(state: State, ends: Ends): string | undefined {
  const views = Object.values(state.workers)
    .filter((w) => w.kind === 'analytics' && w.thread === 'ready')
    .flatMap((w) => w.digest?.partitions ?? []);
  const elsewhere = state.analytics.partialBecause === '' ? -1 : Number.POSITIVE_INFINITY;
  return missing(ends, 'analytics has folded', (topic, partition) => {
    const view = views.find((v) => v.topic === topic && v.partition === partition);
    return view?.position ?? elsewhere;
  });
}

/** Asks until there is an answer; a cluster that is away is waited for. A string says what the answer still waits for. */
async function until<T>(parts: IdleParts, ask: Ask<T>, says: Says, signal: AbortSignal): Promise<T> {
  for (let wait = BACKOFF_MS.first; ; wait = Math.min(wait * 2, BACKOFF_MS.longest)) {
    if (signal.aborted) throw new LunchrushError('TIMED_OUT', 'interrupted before the pipeline was idle');
    mustNotBeRefused(parts.events.store.getState());
    const answer = await ask().catch(reasonOf);
    if (typeof answer !== 'string') return answer;
    says(answer);
    await pause(parts.clock, wait, signal);
  }
}

/** A worker that the cluster will not have never gets to the end of anything. */
function mustNotBeRefused({ workers }: State): void {
  const refused = Object.values(workers).find(({ thread, refusal }) => thread === 'dead' && refusal);
  if (refused?.refusal) throw readError(refused.refusal);
}

/** Why there is no answer, when that can pass: Kafka is away, workers are slow. A refusal or a fault of ours is thrown on. */
function reasonOf(thrown: unknown): string {
  const error = toLunchrushError(toKafkaError(thrown, 'asking Kafka'));
  const fault = faultOf(thrown);
  if (error.code === 'FAULT' || (fault && isRefusal(fault))) throw error;
  return error.message;
}

/** The sentence with whatever is known to hold the workers of that kind up. */
function explained(state: State, kind: 'inventory' | 'analytics', reason: string | undefined): string | undefined {
  return reason === undefined ? undefined : [reason, ...holdUps(state, kind)].join('; ');
}

/**
 * The barrier. No load runs; then, each step on answers asked for after the one before: all of `orders` is decided and
 * committed → all of both topics is folded and committed → the digest that says so is here. What was produced before the
 * call is counted when this resolves. It has no deadline: the signal ends it, and rejects with TIMED_OUT.
 */
export async function untilIdle(parts: IdleParts, says: Says, signal: AbortSignal): Promise<void> {
  const { store, commit } = parts.events;
  const { topics, groups }: Pipeline = store.getState().pipeline;
  const step = <T>(ask: Ask<T>) => until(parts, ask, says, signal);
  await step(async () => (isLoading(store.getState()) ? 'a load test is running' : undefined));
  const orders = await step(() => endsOf(parts, [topics.orders]));
  await step(async () => explained(store.getState(), 'inventory', await committed(parts, groups.inventory, orders)));
  const events = await step(() => endsOf(parts, [topics.inventoryEvents]));
  const both = [...orders, ...events];
  await step(async () =>
    explained(store.getState(), 'analytics', await analyticsCommitted(parts, groups.analytics, both)),
  );
  await step(async () => {
    await within(parts.clock, FLUSH_MS, parts.supervisor.flush(), 'the workers do not answer');
    commit();
    return explained(store.getState(), 'analytics', folded(store.getState(), both));
  });
  if (isLoading(store.getState())) await untilIdle(parts, says, signal);
}

/** A load test runs, or has been asked for and is on its way: its thread may still be starting. */
function isLoading({ load, commands }: State): boolean {
  return load.running || Object.values(commands).some(({ verb }) => verb === 'load');
}
