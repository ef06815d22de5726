import { type Finding, fail, ok } from '../check.ts';
import { harmless, many } from '../words.ts';
import { type ClusterKnown, describe } from './cluster.ts';

/** Which cluster it is, and how many brokers it has. */
export async function identify(known: ClusterKnown): Promise<Finding> {
  known.seen = await describe(known, null);
  const { clusterId, brokers, topics } = known.seen;
  const data = { clusterId, brokers: brokers.length, topics: topics.length };
  if (brokers.length === 0) return fail('no broker is named', 'look at the log of the broker', data);
  const counts = `${many(brokers.length, 'broker')}, ${many(topics.length, 'topic')} that we may see`;
  return ok(`${harmless(clusterId ?? 'without id')}, ${counts}`, data);
}
