import { mkdirSync } from 'node:fs';
import { answerApiVersions } from './answer/api-versions.ts';
import type { Store } from './answer/store.ts';
import { answersOf } from './answer/table.ts';
import type { ApiTable, Clock, Groups, GroupsOptions, Log, Reached } from './api.ts';
import { createGroups } from './groups/groups.ts';
import { withFewOpenFiles } from './log/few-open-files.ts';
import { type OpenFile, openLogFile } from './log/log-file.ts';
import { createDispatch } from './net/dispatch.ts';
import { createServerOf } from './net/server.ts';
import { APIS } from './protocol/apis/table.ts';
import type { Api } from './protocol/schema.ts';
import { applyRetention } from './topics/retention.ts';
import { Topics } from './topics/topics.ts';

/** The id of the only node. */
const NODE_ID = 1;
const DEFAULT_PARTITIONS = 3;
const SEGMENT_BYTES = 64 * 1024 * 1024;
/** Files of logs that are open at once. */
const OPEN_FILES = 128;
const MAX_DISK_BYTES = 5 * 1024 * 1024 * 1024;
const RETENTION_EVERY_MS = 30_000;

/** What a broker is made of. Only loopback hosts make sense: there is no security here. */
export type BrokerOptions = {
  dataDir: string;
  host?: string;
  /** 0 takes any free port. */
  port: number;
  clock: Clock;
  log: Log;
  reached: Reached;
  /** Makes the group coordinator; a test may hand in its own. */
  groups?: (options: GroupsOptions) => Groups;
  autoCreateTopics?: boolean;
  segmentBytes?: number;
  /** Cap on all topics together; the oldest segments go first. */
  maxDiskBytes?: number;
  openFile?: OpenFile;
};

/** A single-node Kafka broker in this process. */
export type Broker = {
  /** Recovers the data folder and listens. Rejects with Node's error, EADDRINUSE for a taken port. */
  start(): Promise<{ port: number }>;
  /** Hangs up, brings everything to the disk and lets go of the folder. */
  close(): Promise<void>;
  /** Told from the first start on; the same for the life of the data folder. */
  readonly clusterId: string;
};

/** A broker on the data folder; nothing is read or opened before `start`. */
export function createBroker(options: BrokerOptions): Broker {
  let running: Running | undefined;
  return {
    async start() {
      running = await run(options);
      return { port: running.port };
    },
    async close() {
      await running?.close();
      running = undefined;
    },
    get clusterId() {
      return running?.topics.catalog.clusterId ?? '';
    },
  };
}

type Running = { port: number; topics: Topics; close(): Promise<void> };

async function run(options: BrokerOptions): Promise<Running> {
  const { dataDir, clock, log, reached, host = '127.0.0.1' } = options;
  mkdirSync(dataDir, { recursive: true });
  const { segmentBytes = SEGMENT_BYTES, maxDiskBytes = MAX_DISK_BYTES } = options;
  const openFile = withFewOpenFiles(options.openFile ?? openLogFile, OPEN_FILES);
  const topics = new Topics(dataDir, { clock, log, reached, openFile, segmentBytes });
  let port = options.port;
  const address = () => ({ nodeId: NODE_ID, host, port });
  const groups = (options.groups ?? createGroups)({ dataDir, clock, log, reached, address, ...lookUp(topics) });
  await groups.start();
  const server = createServerOf({
    dispatch: dispatchOf(storeOf(options, topics, groups, address), groups),
    clock,
    log,
  });
  port = await server.listen(host, port);
  const stopRetention = every(clock, RETENTION_EVERY_MS, () => {
    applyRetention(topics, { now: clock.now(), maxDiskBytes, log });
  });
  return {
    port,
    topics,
    close: () => close([stopRetention, () => server.close(), () => groups.close(), () => topics.close()]),
  };
}

/** Calls `act` again and again; returns the way to stop. */
function every(clock: Clock, ms: number, act: () => void): () => void {
  let cancel = clock.setTimer(ms, again);
  function again() {
    act();
    cancel = clock.setTimer(ms, again);
  }
  return () => cancel();
}

function lookUp(topics: Topics) {
  const partitionsOf = (topic: string) => topics.catalog.get(topic)?.partitions;
  return { partitionsOf, topicExists: (topic: string) => partitionsOf(topic) !== undefined };
}

function storeOf(options: BrokerOptions, topics: Topics, groups: Groups, address: Store['address']): Store {
  const { clock, log, reached, autoCreateTopics = false } = options;
  const topicDeleted = (name: string) => groups.topicDeleted(name);
  return {
    topics,
    clock,
    log,
    reached,
    address,
    autoCreateTopics,
    defaultPartitions: DEFAULT_PARTITIONS,
    topicDeleted,
  };
}

/** Advertises exactly what has both a schema and somebody to answer it. */
function dispatchOf(store: Store, groups: Groups) {
  const table: ApiTable = { ...answersOf(store), ...groups.apis };
  const served = Object.values<Api>(APIS).filter(({ key }) => table[key] || key === APIS.apiVersions.key);
  table[APIS.apiVersions.key] = answerApiVersions(served);
  return createDispatch(served, table);
}

/** One after the other: who is told of the outside first, who keeps the files last. */
async function close(steps: (() => void | Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}
