import { apiKeys, type Broker, type Call, requests } from './kafkajs.ts';

/** Names of APIs as kafkajs writes them. */
export type Api =
  | 'Produce'
  | 'Fetch'
  | 'ListOffsets'
  | 'Metadata'
  | 'OffsetCommit'
  | 'OffsetFetch'
  | 'GroupCoordinator'
  | 'JoinGroup'
  | 'Heartbeat'
  | 'LeaveGroup'
  | 'SyncGroup'
  | 'DescribeGroups'
  | 'ListGroups'
  | 'DeleteGroups'
  | 'CreateTopics'
  | 'DescribeConfigs'
  | 'InitProducerId';

/** The request and the codec of its answer, in the highest version that kafkajs and this broker both speak. */
export function prepare(broker: Broker, api: Api, args: object): Call {
  const key = apiKeys[api];
  const definition = requests[api];
  if (key === undefined || !definition) throw new Error(`kafkajs has no ${api}`);
  return broker.lookupRequest(key, definition)(args);
}

async function asItIs(decoded: unknown): Promise<unknown> {
  return decoded;
}

/**
 * Asks a broker and gives the decoded answer with its error codes as they came: kafkajs's own `parse` throws for the
 * first bad partition or topic and hides the rest.
 */
export async function call<Answer>(broker: Broker, api: Api, args: object): Promise<Answer> {
  const { request, response, requestTimeout } = prepare(broker, api, args);
  const { decode } = response;
  const lenient: Call = { request, response: { decode, parse: asItIs } };
  if (requestTimeout !== undefined) lenient.requestTimeout = requestTimeout;
  return (await onConnection(broker, 0, lenient)) as Answer;
}

/** Sends on one connection of a broker, dialling it first if it is closed. */
export async function onConnection(broker: Broker, index: 0 | 1, prepared: Call): Promise<unknown> {
  const connection = broker.connectionPool.pool[index];
  if (!connection.isConnected()) await connection.connect();
  return await connection.send(prepared);
}
