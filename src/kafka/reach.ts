import { LunchrushError } from '../errors.ts';
import type { Connection, LogSink } from './client.ts';
import { faultOf, isUnreachable, KafkaFault } from './errors.ts';
import type { Cluster, Metadata } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';

/** A cluster that answered. `controller` is a broker id, -1 if there is none. */
export type ReachedCluster = { clusterId: string; brokers: number; controller: number };

/**
 * Waits until a broker of the cluster answers a Metadata request. Rejects with KAFKA_UNREACHABLE naming the addresses
 * and the last reason, or at once with KAFKA_REFUSED if one side does not want the other: user, certificate, protocol.
 */
export async function waitForCluster(
  connection: Connection,
  how: { timeoutMs: number; signal?: AbortSignal; log?: LogSink },
): Promise<ReachedCluster> {
  const link = createLink(connection, { log: how.log });
  try {
    return await link.run(
      async (cluster) => {
        const { metadata } = cluster.brokerPool;
        if (!metadata || metadata.brokers.length === 0) throw new LunchrushError('KAFKA_REFUSED', 'no broker is named');
        const { clusterId, brokers, controllerId } = metadata;
        await someoneAnswers(cluster, brokers);
        return { clusterId: clusterId ?? '', brokers: brokers.length, controller: controllerId };
      },
      { deadlineMs: how.timeoutMs, signal: how.signal },
    );
  } catch (thrown) {
    throw asUnmet(thrown, connection, how.timeoutMs);
  } finally {
    link.close();
  }
}

/**
 * The address that was dialled only leads to the others: those that the brokers themselves name must be reached from here
 * as well, one of them at least.
 */
async function someoneAnswers(cluster: Cluster, brokers: Metadata['brokers']): Promise<void> {
  const failures: unknown[] = [];
  const dials = brokers.map(({ nodeId }) =>
    cluster.findBroker({ nodeId }).catch((thrown: unknown) => {
      failures.push(thrown);
      throw thrown;
    }),
  );
  await Promise.any(dials).catch(() => {
    const fault = faultOf(failures[0]);
    if (!fault) throw failures[0];
    const named = brokers.map(({ host, port }) => `${host}:${port}`).join(', ');
    const sentence = `the cluster names its brokers ${named}, and none lets us in: ${fault.sentence}`;
    throw new KafkaFault({
      ...fault,
      sentence,
      fix: `check its advertised.listeners${fault.fix ? `; ${fault.fix}` : ''}`,
    });
  });
}

function asUnmet(thrown: unknown, { brokers }: Connection, timeoutMs: number): unknown {
  const fault = thrown instanceof LunchrushError ? undefined : faultOf(thrown);
  if (!fault) return thrown;
  const how = { ...(fault.fix ? { fix: fault.fix } : {}), cause: thrown };
  if (!isUnreachable(fault)) return new LunchrushError('KAFKA_REFUSED', fault.sentence, how);
  const where = `no Kafka at ${brokers.join(', ')} within ${timeoutMs / 1000} s`;
  return new LunchrushError('KAFKA_UNREACHABLE', `${where}: ${fault.sentence}`, how);
}
