import type { Clock, Groups, GroupsOptions, Log, Reached } from './api.ts';
import type { OpenFile } from './log/log-file.ts';
import { type Running, run } from './running.ts';

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
      return running?.clusterId ?? '';
    },
  };
}
