import { check } from './errors.ts';
import { call } from './wire/call.ts';
import type { Cluster } from './wire/kafkajs.ts';

/** What decides how long a topic keeps records; -1 is for ever. */
export type TopicSettings = { compacted: boolean; retentionMs: number; retentionBytes: number };

type Names = { orders: string; inventoryEvents: string; deadLetters: string };
type Answer = {
  resources: {
    errorCode: number;
    resourceName: string;
    configEntries: { configName: string; configValue: string }[];
  }[];
};

const TOPIC = 2;
const CONFIG_NAMES = ['cleanup.policy', 'retention.ms', 'retention.bytes'];

/**
 * Reads the settings of topics; empty where the cluster does not let us, as DescribeConfigs is a permission of its own.
 */
export async function readTopicSettings(
  cluster: Cluster,
  topics: readonly string[],
): Promise<Map<string, TopicSettings>> {
  if (topics.length === 0) return new Map();
  const broker = await cluster.brokerPool.findConnectedBroker();
  const resources = topics.map((name) => ({ type: TOPIC, name, configNames: CONFIG_NAMES }));
  const settings = new Map<string, TopicSettings>();
  const answer = await call<Answer>(broker, 'DescribeConfigs', { resources, includeSynonyms: false });
  for (const { errorCode, resourceName, configEntries } of answer.resources) {
    if (isForbidden(errorCode)) continue;
    check(errorCode, `settings of topic ${resourceName}`, { api: 'DescribeConfigs', topic: resourceName });
    const value = (name: string) => configEntries.find(({ configName }) => configName === name)?.configValue;
    settings.set(resourceName, {
      compacted: (value('cleanup.policy') ?? '').includes('compact'),
      retentionMs: Number(value('retention.ms') ?? -1),
      retentionBytes: Number(value('retention.bytes') ?? -1),
    });
  }
  return settings;
}

function isForbidden(code: number): boolean {
  return code === 29 || code === 31;
}

/**
 * Judges settings: compaction would take records away one by one, which no count survives; output that is kept for a
 * shorter time than input makes old orders look pending.
 */
export function whyUnfit(
  settings: ReadonlyMap<string, TopicSettings>,
  { orders, inventoryEvents }: Names,
): { refusal?: string; warnings: string[] } {
  for (const topic of [orders, inventoryEvents]) {
    if (!settings.get(topic)?.compacted) continue;
    return {
      refusal: `${topic} is compacted (cleanup.policy): records that are counted would disappear`,
      warnings: [],
    };
  }
  const input = settings.get(orders);
  const output = settings.get(inventoryEvents);
  const warnings: string[] = [];
  if (!input || !output) return { warnings };
  if (isShorter(output.retentionMs, input.retentionMs) || isShorter(output.retentionBytes, input.retentionBytes)) {
    warnings.push(`${inventoryEvents} is kept for less than ${orders}: totals will part as records are removed`);
  }
  return { warnings };
}

function isShorter(a: number, b: number): boolean {
  return a >= 0 && (b < 0 || a < b);
}
