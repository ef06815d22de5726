import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { type RawClient, rawClient } from '../broker/raw-client.ts';
import { createTopic, startBroker } from '../broker/start-broker.ts';

/** A cluster of one node that the suite speaks to: ours always, and the one that LUNCHRUSH_TEST_BROKERS names. */
export type Cluster = { name: string; connect(): Promise<RawClient> };

const named = process.env['LUNCHRUSH_TEST_BROKERS'];

export const CLUSTERS: Cluster[] = [
  { name: 'embedded', connect: async () => rawClient((await startBroker()).port) },
  ...(named === undefined ? [] : [{ name: named, connect: () => clientOf(named) }]),
];

async function clientOf(address: string): Promise<RawClient> {
  const [host = '', port = ''] = (address.split(',')[0] as string).split(':');
  if (!['127.0.0.1', 'localhost'].includes(host)) throw new Error(`${address}: only a broker on this machine is tried`);
  return rawClient(Number(port));
}

/** A topic of its own for one test, once its partitions answer. */
export async function freshTopic(
  client: RawClient,
  partitions = 1,
  configs: Record<string, string> = {},
): Promise<string> {
  const name = `conformance-${randomBytes(6).toString('hex')}`;
  await createTopic(client, name, partitions, configs);
  for (let p = 0; p < partitions; p++) await expect.poll(() => latest(client, name, p)).toMatchObject({ errorCode: 0 });
  return name;
}

/** The high watermark of a partition as ListOffsets gives it. */
export function latest(client: RawClient, name: string, partitionIndex = 0) {
  return offsetAt(client, name, -1, partitionIndex);
}

/** The offset of a time, or of the places -1 (latest) and -2 (earliest). */
export async function offsetAt(client: RawClient, name: string, timestamp: number, partitionIndex = 0) {
  const partitions = [{ partitionIndex, currentLeaderEpoch: -1, timestamp }];
  const { topics } = await client.ask(APIS.listOffsets, 4, { replicaId: -1, topics: [{ name, partitions }] });
  return topics[0]?.partitions[0];
}
