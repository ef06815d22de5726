import { whyUnfit } from '../../kafka/topic-settings.ts';
import { type Finding, fail, ok, warn } from '../check.ts';
import { list, many } from '../words.ts';
import { type ClusterKnown, learned } from './cluster.ts';
import type { TopicConfig } from './configs.ts';

/** Our topics that are there, with as many replicas as each has. */
function replicasOf({ ours }: Pick<ClusterKnown, 'ours'>): { topic: string; replicas: number }[] {
  const { topics } = learned(ours, 'our topics');
  return topics
    .filter(({ partitions }) => partitions.length > 0)
    .map(({ topic, partitions }) => ({ topic, replicas: Math.min(...partitions.map((each) => each.replicas)) }));
}

/** Whether what is acknowledged outlives a broker, and whether it can be acknowledged at all. */
export function checkDurability(known: Pick<ClusterKnown, 'ours' | 'configs' | 'seen'>): Finding {
  const topics = replicasOf(known);
  if (topics.length === 0) return ok('no topic of ours yet');
  const configs = learned(known.configs, 'settings of topics');
  return judgeDurability(topics, configs, learned(known.seen, 'the cluster').brokers.length);
}

/** Judges numbers of replicas against how many of them must have a batch (min.insync.replicas). */
export function judgeDurability(
  topics: readonly { topic: string; replicas: number }[],
  configs: ReadonlyMap<string, Pick<TopicConfig, 'minInSync'>>,
  brokers: number,
): Finding {
  const seen = topics.map(({ topic, replicas }) => ({ topic, replicas, needed: configs.get(topic)?.minInSync }));
  const data = { topics: seen, brokers };
  const stuck = seen.filter(({ replicas, needed = 0 }) => needed > replicas);
  if (stuck.length > 0) {
    const each = stuck.map(({ topic, replicas, needed }) => `${topic} (${replicas} of ${needed})`);
    return fail(`fewer replicas than min.insync.replicas demands: ${list(each)}`, 'lower it, or add replicas', data);
  }
  const [replicas, needed] = [Math.min(...seen.map((each) => each.replicas)), seen[0]?.needed];
  const found = `${many(replicas, 'replica')}${needed === undefined ? '' : `, ${needed} must be in sync`}`;
  if (brokers > 1 && replicas === 1) {
    return warn(`${found}: a broker that is away takes partitions along`, 'recreate the topics with 3 replicas', data);
  }
  const tight = seen.filter((each) => each.replicas > 1 && each.needed === each.replicas);
  if (tight.length > 0) {
    const names = list(tight.map(({ topic }) => topic));
    return warn(`${found}: any broker that is away stops ${names}`, 'set min.insync.replicas one lower', data);
  }
  return ok(found, data);
}

/** Whether our topics keep what is counted: no compaction, and output as long as input. */
export function checkRetention(all: Pick<ClusterKnown, 'configs' | 'names' | 'ours'>): Finding {
  const { names } = all;
  const known = learned(all.configs, 'settings of topics');
  if (replicasOf(all).length === 0) return ok('no topic of ours yet');
  const { refusal, warnings } = whyUnfit(known, names.topics);
  const data = Object.fromEntries(known);
  if (refusal) return fail(refusal, 'set cleanup.policy to delete, or use other topics with --prefix', data);
  if (warnings[0]) return warn(warnings[0], 'give it the same retention.ms and retention.bytes', data);
  const orders = known.get(names.topics.orders);
  if (!orders) return ok('we may not look at it (DescribeConfigs)');
  return ok(`orders are kept ${keptFor(orders.retentionMs)}, outcomes as long`, data);
}

function keptFor(ms: number): string {
  if (ms < 0) return 'for ever';
  const hours = ms / 3_600_000;
  return hours >= 48 ? many(Math.round(hours / 24), 'day') : many(Math.round(hours * 10) / 10, 'hour');
}
