import { type Connection, createCluster } from '../../kafka/client.ts';
import { toKafkaError } from '../../kafka/errors.ts';
import { createGate } from '../../kafka/wire/gate.ts';
import type { Broker } from '../../kafka/wire/kafkajs.ts';
import { untilAborted } from '../../kafka/wire/pause.ts';

/** A connection to one broker that has let us in, whatever address it advertises. */
export type Seed = { broker: Broker; close(): void };

/** Opens it. Rejects with KAFKA_UNREACHABLE or KAFKA_REFUSED, or with the signal's reason. */
export async function openSeed(connection: Connection, signal: AbortSignal): Promise<Seed> {
  const gate = createGate();
  const cluster = createCluster(connection, { gate });
  try {
    await untilAborted(cluster.connect(), signal);
    // Before the brokers of the cluster are known, the one that is connected is the one that was dialled.
    const broker = await untilAborted(cluster.brokerPool.findConnectedBroker(), signal);
    return { broker, close: () => gate.shut() };
  } catch (thrown) {
    gate.shut();
    signal.throwIfAborted();
    throw toKafkaError(thrown, 'not let in');
  }
}
