import { check } from '../errors.ts';
import { call } from './call.ts';
import { byLeader } from './find.ts';
import type { Cluster } from './kafkajs.ts';

/** ListOffsets' special times. */
export const EARLIEST = -2;
export const LATEST = -1;

type Answer = { responses: { partitions: { partition: number; errorCode: number; offset: string }[] }[] };

/** READ_UNCOMMITTED: the end is the high watermark, as Kafka's own tools say it, not the last stable offset. */
const ISOLATION = 0;

/**
 * Asks the leaders for the offset of a time in milliseconds, or of EARLIEST or LATEST, partition by partition; -1 where
 * nothing is that young. Rejects with the first fault.
 */
export async function listOffsets(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
  timestamp: number,
): Promise<Map<number, number>> {
  const leaders = [...(await byLeader(cluster, topic, partitions))];
  const offsets = new Map<number, number>();
  await Promise.all(
    leaders.map(async ([nodeId, led]) => {
      const broker = await cluster.findBroker({ nodeId });
      const wanted = led.map((partition) => ({ partition, timestamp }));
      const args = { replicaId: -1, isolationLevel: ISOLATION, topics: [{ topic, partitions: wanted }] };
      const answer = await call<Answer>(broker, 'ListOffsets', args);
      for (const { partition, errorCode, offset } of answer.responses.flatMap((each) => each.partitions)) {
        check(errorCode, `${topic}/${partition}`, { api: 'ListOffsets', topic });
        offsets.set(partition, Number(offset));
      }
    }),
  );
  return offsets;
}
