import { mkdirSync } from 'node:fs';
import { answerApiVersions } from './answer/api-versions.ts';
import type { Store } from './answer/store.ts';
import { answersOf } from './answer/table.ts';
import type { ApiTable, Clock, Groups, Log } from './api.ts';
import type { BrokerOptions } from './broker.ts';
import { createGroups } from './groups/groups.ts';
import { withFewOpenFiles } from './log/few-open-files.ts';
import { openLogFile } from './log/log-file.ts';
import { createDispatch } from './net/dispatch.ts';
import { createServerOf } from './net/server.ts';
import { UnsentBytes } from './net/unsent-bytes.ts';
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
/** Bytes of answers that wait for slow clients. */
const MAX_UNSENT = 64 * 1024 * 1024;

/** A broker that listens. */
export type Running = { port: number; clusterId: string; close(): Promise<void> };

/** Ways to let go of what was opened, in the order of opening. */
type Closers = (() => void | Promise<void>)[];

/** Opens the data folder, the groups and the port, in this order; what fails closes what was open before it. */
export async function run(options: BrokerOptions): Promise<Running> {
  const closers: Closers = [];
  const close = async () => {
    for (const step of closers.splice(0).reverse()) await step();
  };
  try {
    return { ...(await open(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(options: BrokerOptions, closers: Closers): Promise<Omit<Running, 'close'>> {
  const { clock, log, host = '127.0.0.1', maxDiskBytes = MAX_DISK_BYTES } = options;
  const topics = openTopics(options, closers);
  let port = options.port;
  const address = () => ({ nodeId: NODE_ID, host, port });
  const groups = await openGroups(options, topics, address, closers);
  const unsent = new UnsentBytes(MAX_UNSENT);
  const store = storeOf(options, { topics, groups, unsent, address });
  const server = createServerOf({ dispatch: dispatchOf(store, groups), unsent, clock, log });
  port = await server.listen(host, port);
  closers.push(server.close);
  const retain = () => applyRetention(topics, { now: clock.now(), maxDiskBytes, log });
  closers.push(every(RETENTION_EVERY_MS, clock, log, retain));
  return { port, clusterId: topics.catalog.clusterId };
}

function openTopics(options: BrokerOptions, closers: Closers): Topics {
  const { dataDir, clock, log, reached, segmentBytes = SEGMENT_BYTES } = options;
  mkdirSync(dataDir, { recursive: true });
  const openFile = withFewOpenFiles(options.openFile ?? openLogFile, OPEN_FILES);
  const topics = new Topics(dataDir, { clock, log, reached, openFile, segmentBytes });
  closers.push(() => topics.close());
  return topics;
}

async function openGroups(options: BrokerOptions, topics: Topics, address: Store['address'], closers: Closers) {
  const { dataDir, clock, log, reached } = options;
  const partitionsOf = (topic: string) => topics.catalog.get(topic)?.partitions;
  const topicExists = (topic: string) => partitionsOf(topic) !== undefined;
  const create = options.groups ?? createGroups;
  const groups = create({ dataDir, clock, log, reached, address, partitionsOf, topicExists });
  await groups.start();
  closers.push(() => groups.close());
  return groups;
}

type Parts = { topics: Topics; groups: Groups; unsent: UnsentBytes; address: Store['address'] };

function storeOf(options: BrokerOptions, { topics, groups, unsent, address }: Parts): Store {
  const { clock, log, reached, autoCreateTopics = false } = options;
  return {
    ...{ topics, clock, log, reached, address, autoCreateTopics },
    defaultPartitions: DEFAULT_PARTITIONS,
    replyRoom: () => unsent.room,
    topicDeleted: (name) => groups.topicDeleted(name),
  };
}

/** Advertises exactly what has both a schema and somebody to answer it. */
function dispatchOf(store: Store, groups: Groups) {
  const table: ApiTable = { ...answersOf(store), ...groups.apis };
  const served = Object.values<Api>(APIS).filter(({ key }) => table[key] || key === APIS.apiVersions.key);
  table[APIS.apiVersions.key] = answerApiVersions(served);
  return createDispatch(served, table);
}

/** Calls `act` again and again; returns the way to stop. What goes wrong is said, and tried again the next time. */
function every(ms: number, clock: Clock, log: Log, act: () => void): () => void {
  let cancel = clock.setTimer(ms, again);
  function again() {
    try {
      act();
    } catch (error) {
      log('error', `retention failed: ${String(error)}`);
    }
    cancel = clock.setTimer(ms, again);
  }
  return () => cancel();
}
