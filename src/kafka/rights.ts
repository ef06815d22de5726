import { LunchrushError } from '../errors.ts';
import type { Connection, LogSink } from './client.ts';
import { faultOf } from './errors.ts';
import { fixOf, type Need, type Operation, sentenceOf } from './needs.ts';
import { type Allowed, allowedOnGroup, allowedOnTopics } from './wire/allowed.ts';
import { coordinatorOf } from './wire/find.ts';
import type { Cluster } from './wire/kafkajs.ts';
import { createLink } from './wire/link.ts';

/** What a user may do with topics and groups, as far as the cluster tells (KIP-430, Apache Kafka 2.3). */
export type Rights = {
  /** Undefined where it does not tell, as of a topic that is not there. */
  may(need: Pick<Need, 'operation' | 'resource' | 'name'>): boolean | undefined;
};

type Operations = ReadonlySet<Operation>;

const TOPIC_REFUSED = 29;
const GROUP_REFUSED = 30;
const NONE: Operations = new Set();

function known(all: readonly Allowed[], refused: number): [string, Operations][] {
  return all.flatMap(({ name, errorCode, operations }): [string, Operations][] => {
    if (errorCode === refused) return [[name, NONE]];
    return errorCode === 0 && operations ? [[name, operations]] : [];
  });
}

/** One that we may not even look for is one that we may do nothing with. */
async function ofGroup(cluster: Cluster, group: string): Promise<[string, Operations][]> {
  try {
    return known(await allowedOnGroup(await coordinatorOf(cluster, group), group), GROUP_REFUSED);
  } catch (thrown) {
    if (faultOf(thrown)?.code === GROUP_REFUSED) return [[group, NONE]];
    throw thrown;
  }
}

/**
 * Asks what we may do. Nothing is known where the cluster does not tell or does not answer in time: then whoever does it
 * will hear.
 */
export async function readRights(
  connection: Connection,
  { topics, groups }: { topics: readonly string[]; groups: readonly string[] },
  how: { log?: LogSink; signal?: AbortSignal } = {},
): Promise<Rights> {
  const link = createLink(connection, { log: how.log });
  try {
    const [ofTopics, ofGroups] = await link.run(
      async (cluster) => {
        const broker = await cluster.brokerPool.findConnectedBroker();
        const allowed = known(await allowedOnTopics(broker, topics), TOPIC_REFUSED);
        return [allowed, await Promise.all(groups.map((group) => ofGroup(cluster, group)))];
      },
      { signal: how.signal },
    );
    const operations = { Topic: new Map(ofTopics), Group: new Map(ofGroups.flat()) };
    return {
      may({ operation, resource, name }) {
        if (resource !== 'Topic' && resource !== 'Group') return undefined;
        return operations[resource].get(name)?.has(operation);
      },
    };
  } catch (thrown) {
    if (!faultOf(thrown)) throw thrown;
    return { may: () => undefined };
  } finally {
    link.close();
  }
}

/** Throws KAFKA_REFUSED with everything that is known to be missing, so that it can be given in one go. */
export function mustBeAllowed(rights: Rights, needs: readonly Need[]): void {
  const missing = needs.filter((need) => rights.may(need) === false);
  if (missing.length > 0) throw new LunchrushError('KAFKA_REFUSED', sentenceOf(missing), { fix: fixOf(missing) });
}
