import type { Api } from './wire/call.ts';

/** A permission in the words of `kafka-acls`. */
export type Operation = 'Read' | 'Write' | 'Create' | 'Delete' | 'Describe' | 'DescribeConfigs' | 'IdempotentWrite';

/** A permission that somebody lacks; the cluster has no name. `note` says when something else would do. */
export type Need = { operation: Operation; resource: Resource; name: string; note?: string };

/** What a request was about. */
export type Subject = { api: Api; topic?: string; group?: string };

type Resource = 'Topic' | 'Group' | 'Cluster' | 'TransactionalId';

/** Which resource an error code says that we may not use. */
const RESOURCES: Readonly<Record<number, Resource>> = {
  29: 'Topic',
  30: 'Group',
  31: 'Cluster',
  53: 'TransactionalId',
};

/**
 * What each request asks of whom. Read and Write imply Describe.
 * Source: https://kafka.apache.org/documentation/#operations_resources_and_protocols
 */
const NEEDS: Readonly<Record<Api, Partial<Record<Resource, Operation>>>> = {
  Metadata: { Topic: 'Describe' },
  CreateTopics: { Topic: 'Create', Cluster: 'Create' },
  DescribeConfigs: { Topic: 'DescribeConfigs', Cluster: 'DescribeConfigs' },
  ListOffsets: { Topic: 'Describe' },
  Fetch: { Topic: 'Read' },
  InitProducerId: { TransactionalId: 'Write' },
  Produce: { Topic: 'Write', Cluster: 'IdempotentWrite', TransactionalId: 'Write' },
  GroupCoordinator: { Group: 'Describe', TransactionalId: 'Describe' },
  JoinGroup: { Group: 'Read' },
  SyncGroup: { Group: 'Read' },
  Heartbeat: { Group: 'Read' },
  LeaveGroup: { Group: 'Read' },
  OffsetCommit: { Group: 'Read', Topic: 'Read' },
  OffsetFetch: { Group: 'Describe', Topic: 'Describe' },
  DescribeGroups: { Group: 'Describe' },
  ListGroups: { Cluster: 'Describe' },
  DeleteGroups: { Group: 'Delete' },
};

const SINCE_2_8 = 'before Kafka 2.8 IdempotentWrite on Cluster, too';

/** The permission that this answer to a request says we lack; undefined where it is about something else. */
export function needOf(code: number, { api, topic = '', group = '' }: Subject): Need | undefined {
  const resource = RESOURCES[code];
  // Whoever may write to any topic may have a producer's identity (KIP-679).
  if (api === 'InitProducerId' && resource === 'Cluster') {
    return { operation: 'Write', resource: 'Topic', name: topic, note: SINCE_2_8 };
  }
  const operation = resource && NEEDS[api][resource];
  if (!resource || !operation) return undefined;
  const names: Record<Resource, string> = { Topic: topic, Group: group, Cluster: '', TransactionalId: '' };
  return { operation, resource, name: names[resource] };
}

/** `Read on Group g`, as kafka-acls would list it. */
export function printNeed({ operation, resource, name, note }: Need): string {
  return `${operation} on ${resource}${name && ` ${name}`}${note ? ` (${note})` : ''}`;
}

const ACL_OPTIONS: Record<Resource, string> = {
  Topic: '--topic',
  Group: '--group',
  Cluster: '--cluster',
  TransactionalId: '--transactional-id',
};

/** Says who lacks what. */
export function sentenceOf(needs: readonly Need[]): string {
  return `the user needs ${needs.map(printNeed).join(', ')}`;
}

/** What whoever looks after the cluster types to give it; for several, one line for those of the first resource. */
export function fixOf(needs: readonly Need[]): string {
  const [first] = needs;
  if (!first) return '';
  const alike = needs.filter(({ resource, name }) => resource === first.resource && name === first.name);
  const operations = alike.map(({ operation }) => `--operation ${operation}`).join(' ');
  const where = `${ACL_OPTIONS[first.resource]}${first.name ? ` ${first.name}` : ''}`;
  const rest = alike.length < needs.length ? ', and so on' : '';
  return `kafka-acls --add --allow-principal User:NAME ${operations} ${where}${rest}`;
}
