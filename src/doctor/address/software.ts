import type { Api } from '../../kafka/wire/call.ts';
import { apiKeys, requests } from '../../kafka/wire/kafkajs.ts';
import type { Served } from '../wire/api-versions.ts';

/** The requests that a pipeline makes. */
export const NEEDED: readonly Api[] = [
  'Produce',
  'Fetch',
  'ListOffsets',
  'Metadata',
  'OffsetCommit',
  'OffsetFetch',
  'GroupCoordinator',
  'JoinGroup',
  'Heartbeat',
  'LeaveGroup',
  'SyncGroup',
  'DescribeGroups',
  'ListGroups',
  'CreateTopics',
  'DescribeConfigs',
  'InitProducerId',
];

/** Those of them that the broker and our client have no common version of. */
export function missingApis({ apis }: Served): Api[] {
  return NEEDED.filter((api) => {
    const range = apis.get(apiKeys[api] ?? -1);
    const versions = (requests[api]?.versions ?? []).map(Number);
    return !range || !versions.some((version) => range.min <= version && version <= range.max);
  });
}

const FETCH = 1;

/** The highest version of Fetch that each release of Apache Kafka brought (FetchRequest.json of its source). */
const RELEASES: readonly [fetch: number, release: string][] = [
  [18, '4.1'],
  [17, '3.9'],
  [16, '3.7'],
  [15, '3.5'],
  [13, '3.1'],
  [12, '2.7'],
  [11, '2.3'],
  [10, '2.1'],
  [8, '2.0'],
  [7, '1.1'],
  [6, '1.0'],
];

/** Brokers do not say what they are: what they speak tells from which release of Apache Kafka on they may be. */
export function softwareOf({ apis }: Served): string | undefined {
  const fetch = apis.get(FETCH)?.max ?? -1;
  const release = RELEASES.find(([version]) => fetch >= version)?.[1];
  return release ? `Apache Kafka ${release} or later` : undefined;
}
