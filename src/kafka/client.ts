import { createLogin } from './sasl/login.ts';
import type { Sasl, Tls } from './security.ts';
import { call } from './wire/call.ts';
import type { Gate } from './wire/gate.ts';
import { type Broker, type Cluster, createLogger, KafkajsCluster, LEVELS, type Metadata } from './wire/kafkajs.ts';
import { tlsOptions } from './wire/tls.ts';

/** Where a cluster is and who asks: plain data, so that it crosses a thread wall. Passwords are in it: never log it. */
export type Connection = {
  /** `host:port` of one or more brokers. */
  brokers: string[];
  clientId: string;
  ssl?: Tls;
  sasl?: Sasl;
};

/** Hears what kafkajs would write to stdout. */
export type LogSink = (line: { level: 'warn' | 'error'; namespace: string; message: string }) => void;

/**
 * What differs between clients: the way to the wire, and the address to begin with, so that one dead address does not stop
 * those who come again.
 */
export type ClientOptions = { gate: Gate; log?: LogSink | undefined; first?: number };

const CONNECT_MS = 5_000;

/** What a shut gate breaks was given up by ourselves, and is no news to anybody. */
function loggerFor(log: LogSink | undefined, gate: Gate): object {
  const level = log ? LEVELS.WARN : LEVELS.NOTHING;
  return createLogger({
    level,
    logCreator: () => (entry) => {
      if (!gate.open) return;
      const severity = entry.level === LEVELS.ERROR ? 'error' : 'warn';
      log?.({ level: severity, namespace: entry.namespace, message: entry.log.message });
    },
  });
}

/**
 * Lets Metadata name topics that are not there, or that have no leader, instead of failing as a whole: one broken topic
 * of somebody else must not stop us.
 */
function tolerateBrokenTopics(cluster: Cluster): Cluster {
  const { brokerPool } = cluster;
  const createBroker = brokerPool.createBroker.bind(brokerPool);
  brokerPool.createBroker = (options: object): Broker => {
    const broker = createBroker(options);
    broker.metadata = (topics) => call<Metadata>(broker, 'Metadata', { topics, allowAutoTopicCreation: false });
    return broker;
  };
  return cluster;
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const from = by % Math.max(1, items.length);
  return [...items.slice(from), ...items.slice(0, from)];
}

/**
 * kafkajs's cluster with our settings. It never retries and never gives up by itself (whoever calls has a deadline, and
 * kafkajs would look at every connection ten times a second), never creates topics by asking for them, and dials only
 * through the gate. Nothing is opened before the first call.
 */
export function createCluster(connection: Connection, options: ClientOptions): Cluster {
  const { clientId, ssl, sasl } = connection;
  const brokers = rotate(connection.brokers, options.first ?? 0);
  const cluster = new KafkajsCluster({
    logger: loggerFor(options.log, options.gate),
    brokers,
    clientId,
    ...(ssl ? { ssl: tlsOptions(ssl) } : {}),
    // A copy: whatever becomes of it, the connection stays plain data.
    ...(sasl ? { sasl: { ...sasl, ...createLogin(sasl) } } : {}),
    socketFactory: options.gate.socketFactory,
    connectionTimeout: CONNECT_MS,
    authenticationTimeout: CONNECT_MS,
    requestTimeout: CONNECT_MS,
    enforceRequestTimeout: false,
    metadataMaxAge: 300_000,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
  });
  return tolerateBrokenTopics(cluster);
}
