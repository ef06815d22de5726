import type { ConsumedRecord } from '../../../src/kafka/record.ts';
import { decide } from '../../../src/orders/outcome.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { nonsense, order, outcome, TOPICS } from '../orders.ts';

/** A record together with where it stands. */
export type Placed = { topic: string; partition: number; record: ConsumedRecord };

/** Both topics with `count` orders over the partitions, all decided, with a duplicate and a malformed record now and then. */
export function filledCluster(count: number, partitions = 2): MemoryCluster {
  const cluster = new MemoryCluster();
  for (let i = 0; i < count; i++) {
    const partition = i % partitions;
    const orders = cluster.log(TOPICS.orders, partition);
    const offset = orders.append([order(`o-${i}`)]);
    if (i % 7 === 0) orders.append([order(`o-${i}`)]);
    if (i % 11 === 0) orders.append([nonsense()]);
    cluster
      .log(TOPICS.inventoryEvents, partition)
      .append([outcome(`o-${i}`, offset, decide(`o-${i}`, 0.3), partition)]);
  }
  return cluster;
}

/** All records of both topics, one partition's after the other's. */
export function allRecords(cluster: MemoryCluster, partitions = 2): Placed[] {
  return [TOPICS.orders, TOPICS.inventoryEvents].flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) =>
      cluster.log(topic, partition).records.map((record) => ({ topic, partition, record })),
    ).flat(),
  );
}
