import { numberOf, TOPIC_CONFIGS } from '../topics/topic-configs.ts';
import type { Store } from './store.ts';

/** Kinds of resource that have configs. */
export const TOPIC_RESOURCE = 2;
export const BROKER_RESOURCE = 4;

/** Where a value comes from. Source: org.apache.kafka.clients.admin.ConfigEntry. */
export const SOURCE = { TOPIC: 1, STATIC_BROKER: 4, DEFAULT: 5 } as const;

/** A config as it is described. */
export type ConfigEntry = { name: string; value: string; source: number; readOnly: boolean };

/** All configs of a topic, set ones marked as such. */
export function topicConfigs(configs: Record<string, string>): ConfigEntry[] {
  return TOPIC_CONFIGS.map((row) => {
    const set = configs[row.name];
    const source = set === undefined ? SOURCE.DEFAULT : SOURCE.TOPIC;
    return { name: row.name, value: set ?? row.default, source, readOnly: false };
  });
}

/** What a client may want to know of the broker; none of it can be altered from outside. */
export function brokerConfigs(store: Store): ConfigEntry[] {
  const values: Record<string, string | number | boolean> = {
    'broker.id': store.address().nodeId,
    'auto.create.topics.enable': store.autoCreateTopics,
    'num.partitions': store.defaultPartitions,
    'default.replication.factor': 1,
    'log.retention.ms': numberOf({}, 'retention.ms'),
    'message.max.bytes': numberOf({}, 'max.message.bytes'),
  };
  return Object.entries(values).map(([name, value]) => {
    return { name, value: String(value), source: SOURCE.STATIC_BROKER, readOnly: true };
  });
}
