import type { Operation } from '../needs.ts';
import { Fields } from './fields.ts';
import { apiKeys, type Broker } from './kafkajs.ts';
import { callRaw } from './raw.ts';

/** What we may do with a topic or a group: undefined where the broker does not tell. */
export type Allowed = { name: string; errorCode: number; operations: ReadonlySet<Operation> | undefined };

/** Bits of the field, by operation. Source: org.apache.kafka.common.acl.AclOperation */
const BITS: Record<Operation, number> = {
  Read: 3,
  Write: 4,
  Create: 5,
  Delete: 6,
  Describe: 8,
  DescribeConfigs: 10,
  IdempotentWrite: 12,
};
const OPERATIONS = Object.keys(BITS) as Operation[];
const NOT_TOLD = -2_147_483_648;

/** First versions that tell it (KIP-430), and the last ones that are read here: later ones have compact fields. */
const VERSIONS = { Metadata: 8, DescribeGroups: 3 } as const;

function operationsIn(bits: number): ReadonlySet<Operation> | undefined {
  if (bits === NOT_TOLD) return undefined;
  return new Set(OPERATIONS.filter((operation) => (bits >> BITS[operation]) & 1));
}

function names(all: readonly string[]): Buffer {
  const parts = all.map((name) => {
    const size = Buffer.alloc(2);
    size.writeInt16BE(Buffer.byteLength(name));
    return Buffer.concat([size, Buffer.from(name)]);
  });
  const count = Buffer.alloc(4);
  count.writeInt32BE(all.length);
  return Buffer.concat([count, ...parts]);
}

/** Asks and gives the fields of the answer behind its throttle time; undefined if the broker is too old to tell. */
async function ask(broker: Broker, api: keyof typeof VERSIONS, body: Buffer): Promise<Fields | undefined> {
  const key = apiKeys[api] ?? -1;
  const version = VERSIONS[api];
  const spoken = broker.versions?.[key];
  if (!spoken || spoken.maxVersion < version || spoken.minVersion > version) return undefined;
  const fields = new Fields(await callRaw(broker, { key, name: api, version, flexible: false, body }));
  fields.int32();
  return fields;
}

/** What we may do with these topics. */
export async function allowedOnTopics(broker: Broker, topics: readonly string[]): Promise<Allowed[]> {
  // No creation, nothing of the cluster, but of topics.
  const fields = await ask(broker, 'Metadata', Buffer.concat([names(topics), Buffer.of(0, 0, 1)]));
  if (!fields) return [];
  const skip = (times: number) => {
    for (let i = 0; i < times; i++) fields.int32();
  };
  fields.list(() => [fields.int32(), fields.string(), fields.int32(), fields.string()]);
  fields.string();
  fields.int32();
  return fields.list(() => {
    const [errorCode, name] = [fields.int16(), fields.string()];
    fields.int8();
    fields.list(() => {
      fields.int16();
      skip(3);
      for (let i = 0; i < 3; i++) fields.list(() => fields.int32());
    });
    return { name, errorCode, operations: operationsIn(fields.int32()) };
  });
}

/** What we may do with a group; `coordinator` keeps it. */
export async function allowedOnGroup(coordinator: Broker, group: string): Promise<Allowed[]> {
  const fields = await ask(coordinator, 'DescribeGroups', Buffer.concat([names([group]), Buffer.of(1)]));
  if (!fields) return [];
  return fields.list(() => {
    const [errorCode, name] = [fields.int16(), fields.string()];
    for (let i = 0; i < 3; i++) fields.string();
    fields.list(() => [fields.string(), fields.string(), fields.string(), fields.block(), fields.block()]);
    return { name, errorCode, operations: operationsIn(fields.int32()) };
  });
}
