import { fixOf } from '../../kafka/needs.ts';
import { type Finding, fail, ok, warn } from '../check.ts';
import type { TopicSeen } from '../wire/metadata.ts';
import { list, many } from '../words.ts';
import { type ClusterKnown, describe, learned } from './cluster.ts';
import { readConfigs } from './configs.ts';

const NOT_ALLOWED = 29;

/** What topics that are missing would be made with; absent: what the program takes by itself. */
export type Wishes = { partitions?: number; replicationFactor?: number };

/** Whether our topics are there and go together; missing ones would be made by a start. */
export async function lookAtTopics(known: ClusterKnown, wishes: Wishes): Promise<Finding> {
  const names = Object.values(known.names.topics);
  known.ours = await describe(known, names);
  const there = known.ours.topics.filter(({ partitions }) => partitions.length > 0).map(({ topic }) => topic);
  known.configs = there.length > 0 ? await readConfigs(known, there) : new Map();
  return judgeTopics(known, wishes);
}

/** Judges what was seen of our topics. */
export function judgeTopics(
  { ours, seen, names }: Pick<ClusterKnown, 'ours' | 'seen' | 'names'>,
  wishes: Wishes,
): Finding {
  const { topics } = learned(ours, 'our topics');
  const brokers = learned(seen, 'the cluster').brokers.length;
  const hidden = topics.filter(({ errorCode }) => errorCode === NOT_ALLOWED).map(({ topic }) => topic);
  if (hidden.length > 0) {
    const needs = hidden.map((name) => ({ operation: 'Describe', resource: 'Topic', name }) as const);
    return fail(`we may not even see ${list(hidden)}`, fixOf(needs));
  }
  const there = topics.filter(({ partitions }) => partitions.length > 0);
  const missing = topics.filter(({ partitions }) => partitions.length === 0).map(({ topic }) => topic);
  const data = { topics: topics.map(describeTopic), missing };
  const [first] = there;
  const odd = there.filter(({ partitions }) => partitions.length !== first?.partitions.length);
  if (first && odd.length > 0) {
    const counts = list(there.map(({ topic, partitions }) => `${topic} ${partitions.length}`));
    const fix = 'recreate them with equal numbers of partitions, or use others with --prefix';
    return fail(`their numbers of partitions differ: ${counts}`, fix, data);
  }
  const replicas = wishes.replicationFactor ?? Math.min(3, brokers);
  if (missing.length > 0 && replicas > brokers) {
    const fix = `ask for ${brokers} at most with --replication-factor`;
    return fail(
      `${many(replicas, 'replica')} of ${list(missing)} need as many brokers; there are ${brokers}`,
      fix,
      data,
    );
  }
  return { ...ok(told(there, missing, names.topics.orders, { ...wishes, replicationFactor: replicas })), data };
}

function told(there: readonly TopicSeen[], missing: string[], orders: string, wishes: Wishes): string {
  const count = there[0]?.partitions.length ?? wishes.partitions ?? 3;
  const size = `${many(count, 'partition')} each`;
  if (missing.length === 0) return `${list(there.map(({ topic }) => topic))} are there, ${size}`;
  const making = `${list(missing)} will be made, ${size}, ${many(wishes.replicationFactor ?? 1, 'replica')}`;
  return there.length === 0 && missing.includes(orders) ? making : `${making}; the others are there`;
}

function describeTopic({ topic, partitions }: TopicSeen) {
  return { topic, partitions: partitions.length, replicas: partitions[0]?.replicas ?? 0 };
}

/** Whether every partition has a leader and all its replicas are in sync: of ours, and of the whole cluster. */
export function checkReplicas({ ours, seen }: Pick<ClusterKnown, 'ours' | 'seen'>): Finding {
  const all = placesOf(learned(seen, 'the cluster').topics);
  const own = placesOf(learned(ours, 'our topics').topics);
  const headless = own.filter(({ leader }) => leader < 0);
  const behind = all.filter(({ inSync, replicas }) => inSync < replicas);
  const data = { partitions: all.length, withoutLeader: headless.length, behind: behind.length };
  const fix = 'look at the brokers that are missing or slow';
  if (headless.length > 0) return fail(`without a leader: ${list(headless.map(({ place }) => place))}`, fix, data);
  if (behind.length > 0) {
    const worst = list(behind.map(({ place, inSync, replicas }) => `${place} (${inSync} of ${replicas})`));
    return warn(`${behind.length} of ${many(all.length, 'partition')} not fully in sync: ${worst}`, fix, data);
  }
  return ok(all.length === 0 ? 'no partition yet' : `all ${many(all.length, 'partition')} fully in sync`, data);
}

function placesOf(topics: readonly TopicSeen[]) {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map((each) => ({ ...each, place: `${topic}/${each.partition}` })),
  );
}
