import { type KafkaNodes, startNodes } from './kafka-nodes.ts';

/** A real Apache Kafka in KRaft mode, on this machine. */
export type RealKafka = Pick<KafkaNodes, 'killNode' | 'startNode' | 'close'> & {
  /** `host:port` of every node. */
  readonly addresses: string[];
};

/** Starts Apache Kafka with that many nodes, open to everybody; `kafka-secure.ts` has one that is not. */
export async function startKafka(nodes: number): Promise<RealKafka> {
  const { addresses, killNode, startNode, close } = await startNodes(nodes, { listeners: { PLAINTEXT: 'PLAINTEXT' } });
  return { addresses: addresses['PLAINTEXT'] ?? [], killNode, startNode, close };
}
