import { load } from '../fixes/version.ts';
import '../fixes/index.ts';
import type { Socket } from 'node:net';
import type { Address } from './dial.ts';

/**
 * The parts of kafkajs 2.2.4 that this room builds on: connections, protocol codecs and metadata. Its producer,
 * consumer and admin client are not used: they hide retries, generations and fates of requests that we must know.
 * This is the one place that says what kafkajs's insides look like.
 */

/** A partition as Metadata describes it; `leader` is -1 while there is none. */
export type PartitionMetadata = {
  partitionErrorCode: number;
  partitionId: number;
  leader: number;
  replicas: number[];
  isr: number[];
};

/** A topic as Metadata describes it; an error code and no partitions if there is no such topic. */
export type TopicMetadata = {
  topicErrorCode: number;
  topic: string;
  isInternal?: boolean;
  partitionMetadata: PartitionMetadata[];
};

/** An answer to Metadata. */
export type Metadata = {
  brokers: { nodeId: number; host: string; port: number }[];
  clusterId: string | null;
  controllerId: number;
  topicMetadata: TopicMetadata[];
};

type Request = { apiKey: number; apiVersion: number; apiName: string; encode: () => Promise<unknown> };
type Response = { decode: (bytes: Buffer) => Promise<unknown>; parse: (decoded: never) => Promise<unknown> };
type Definition = { versions: string[] };

/** A request with the codec of its answer, for the version that the broker speaks. */
export type Call = { request: Request; response: Response; requestTimeout?: number };

/** One of the two connections of a broker: 0 for all, 1 for fetches, whose waiting would hold back the others. */
export type BrokerConnection = {
  isConnected(): boolean;
  connect(): Promise<true>;
  send(call: Call): Promise<unknown>;
};

/** A broker that kafkajs holds connections to. */
export type Broker = {
  nodeId: number | string | null;
  isConnected(): boolean;
  /** What it speaks, by API key; null before it is connected. */
  versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>> | null;
  lookupRequest(apiKey: number, definition: Definition): (args: object) => Call;
  connectionPool: { host: string; port: number; pool: [BrokerConnection, BrokerConnection] };
  metadata(topics: string[]): Promise<Metadata>;
};

/** kafkajs's view of a cluster: brokers by id, and the metadata last read. */
export type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findBroker(node: { nodeId: number | string }): Promise<Broker>;
  brokerPool: {
    metadata: Metadata | null;
    createBroker(options: object): Broker;
    findConnectedBroker(): Promise<Broker>;
    refreshMetadata(topics: string[]): Promise<void>;
  };
};

/** How kafkajs asks for a socket. */
export type SocketFactory = (address: Address) => Socket;

/** A line of kafkajs's log. */
export type LogEntry = { namespace: string; level: number; label: string; log: { message: string } };

type ClusterOptions = {
  logger: object;
  brokers: string[];
  clientId: string;
  ssl?: object;
  sasl?: object;
  socketFactory: SocketFactory;
  connectionTimeout: number;
  authenticationTimeout: number;
  requestTimeout: number;
  enforceRequestTimeout: boolean;
  metadataMaxAge: number;
  allowAutoTopicCreation: boolean;
  retry: { retries: number };
};

type CreateLogger = (options: { level: number; logCreator: () => (entry: LogEntry) => void }) => object;

export const { createLogger, LEVELS } = load('kafkajs/src/loggers') as {
  createLogger: CreateLogger;
  LEVELS: { NOTHING: number; ERROR: number; WARN: number };
};

export const KafkajsCluster = load('kafkajs/src/cluster') as new (options: ClusterOptions) => Cluster;

/** Codecs by API, and the choice of the highest version that a broker speaks too. */
export const { requests, lookup } = load('kafkajs/src/protocol/requests') as {
  requests: Record<string, Definition>;
  lookup: (versions: object) => (apiKey: number, definition: Definition) => (args: object) => Call;
};

export const apiKeys = load('kafkajs/src/protocol/requests/apiKeys') as Record<string, number>;

/** kafkajs's table of protocol errors, by its own older names. */
export const { errorCodes } = load('kafkajs/src/protocol/error') as {
  errorCodes: { type: string; code: number; retriable: boolean; message: string }[];
};

type Codec = { decompress(bytes: Buffer): Promise<Buffer> };

/** The codec that a record batch's attributes name, null for none; throws where no such codec is registered. */
export const { lookupCodecByAttributes: codecOf } = load('kafkajs/src/protocol/message/compression') as {
  lookupCodecByAttributes: (attributes: number) => Codec | null;
};

type Assignor = {
  name: string;
  assign(group: { members: { memberId: string }[]; topics: string[] }): Promise<MemberAssignment[]>;
  protocol(subscription: { topics: string[] }): { name: string; metadata: Buffer };
};
type MemberAssignment = { memberId: string; memberAssignment: Buffer };
type PartitionsOf = { findTopicPartitionMetadata(topic: string): { partitionId: number }[] };

/** Divides partitions as every kafkajs consumer does by default, so that others of them can share a group with us. */
export const createRoundRobin = load('kafkajs/src/consumer/assigners/roundRobinAssigner') as (given: {
  cluster: PartitionsOf;
}) => Assignor;

const protocol = load('kafkajs/src/consumer/assignerProtocol') as {
  MemberAssignment: { decode(bytes: Buffer): { assignment: Record<string, number[]> } | null };
};

/** The partitions that SyncGroup or DescribeGroups give a member, by topic. */
export function decodeAssignment(bytes: Buffer | null): Record<string, number[]> {
  return (bytes && protocol.MemberAssignment.decode(bytes)?.assignment) ?? {};
}
