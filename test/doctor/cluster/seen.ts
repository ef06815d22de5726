import type { Names } from '../../../src/doctor/cluster/cluster.ts';
import type { ClusterSeen, TopicSeen } from '../../../src/doctor/wire/metadata.ts';

export const NAMES: Names = {
  topics: { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dlt' },
  groups: { inventory: 'inventory-service-group', analytics: 'analytics-group' },
};

/** Every right there is. */
export const ALL = -1 >>> 1;

/** A topic as Metadata describes it: with so many partitions on three brokers, all in sync unless said. */
export function topicOf(
  topic: string,
  partitions: number,
  more: Partial<TopicSeen> & { inSync?: number } = {},
): TopicSeen {
  const { inSync = 3, ...rest } = more;
  const each = (partition: number) => ({ partition, leader: 1, replicas: 3, inSync });
  return {
    errorCode: 0,
    topic,
    operations: ALL,
    partitions: Array.from({ length: partitions }, (_, i) => each(i)),
    ...rest,
  };
}

/** A topic that is not there. */
export function missing(topic: string): TopicSeen {
  return topicOf(topic, 0, { errorCode: 3 });
}

/** A cluster of three brokers, as it describes itself. */
export function seenOf(more: Partial<ClusterSeen>): ClusterSeen {
  const brokers = [1, 2, 3].map((id) => ({ id, host: `b${id}`, port: 9092 }));
  return { brokers, clusterId: 'C', controller: 1, topics: [], operations: ALL, ...more };
}

/** Our three topics, all alike. */
export function oursOf(partitions = 3, more: Parameters<typeof topicOf>[2] = {}): ClusterSeen {
  return seenOf({ topics: Object.values(NAMES.topics).map((topic) => topicOf(topic, partitions, more)) });
}
