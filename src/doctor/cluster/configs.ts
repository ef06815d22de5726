import type { TopicSettings } from '../../kafka/topic-settings.ts';
import { call } from '../../kafka/wire/call.ts';
import { type ClusterKnown, wayIn } from './cluster.ts';

/** Settings of a topic that the pipeline depends on. `minInSync`: replicas that must have a batch before it counts. */
export type TopicConfig = TopicSettings & { minInSync: number; timestamps: string };

type Answer = {
  resources: {
    errorCode: number;
    resourceName: string;
    configEntries: { configName: string; configValue: string | null }[];
  }[];
};

const TOPIC = 2;
const NAMES = ['cleanup.policy', 'retention.ms', 'retention.bytes', 'min.insync.replicas', 'message.timestamp.type'];

/** Reads the settings of topics; those that we may not read are missing. */
export async function readConfigs(known: ClusterKnown, topics: readonly string[]): Promise<Map<string, TopicConfig>> {
  const { seed } = wayIn(known);
  const resources = topics.map((name) => ({ type: TOPIC, name, configNames: NAMES }));
  const answer = await call<Answer>(seed.broker, 'DescribeConfigs', { resources, includeSynonyms: false });
  const readable = answer.resources.filter(({ errorCode }) => errorCode === 0);
  return new Map(readable.map(({ resourceName, configEntries }) => [resourceName, toConfig(configEntries)]));
}

function toConfig(entries: Answer['resources'][number]['configEntries']): TopicConfig {
  const value = (name: string) => entries.find(({ configName }) => configName === name)?.configValue ?? undefined;
  return {
    compacted: (value('cleanup.policy') ?? '').includes('compact'),
    retentionMs: Number(value('retention.ms') ?? -1),
    retentionBytes: Number(value('retention.bytes') ?? -1),
    minInSync: Number(value('min.insync.replicas') ?? 1),
    timestamps: value('message.timestamp.type') ?? 'CreateTime',
  };
}
