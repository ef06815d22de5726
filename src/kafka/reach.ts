import { LunchrushError } from '../errors.ts';
import type { Connection, LogSink } from './client.ts';
import { createLink } from './wire/link.ts';

/** A cluster that answered. `controller` is a broker id, -1 if there is none. */
export type ReachedCluster = { clusterId: string; brokers: number; controller: number };

/**
 * Waits until a broker of the cluster answers a Metadata request. Rejects with KAFKA_UNREACHABLE naming the addresses
 * and the last reason, or at once with KAFKA_REFUSED if the cluster does not let us in.
 */
export async function waitForCluster(
  connection: Connection,
  how: { timeoutMs: number; signal?: AbortSignal; log?: LogSink },
): Promise<ReachedCluster> {
  const link = createLink(connection, { log: how.log });
  const what = `no Kafka at ${connection.brokers.join(', ')} within ${how.timeoutMs / 1000} s`;
  try {
    return await link.use(
      what,
      async (cluster) => {
        const { metadata } = cluster.brokerPool;
        if (!metadata || metadata.brokers.length === 0) throw new LunchrushError('KAFKA_REFUSED', 'no broker is named');
        const { clusterId, brokers, controllerId } = metadata;
        return { clusterId: clusterId ?? '', brokers: brokers.length, controller: controllerId };
      },
      { deadlineMs: how.timeoutMs, signal: how.signal },
    );
  } finally {
    link.close();
  }
}
