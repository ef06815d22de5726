import type { Clock, Log, Reached } from '../api.ts';
import type { Topics } from '../topics/topics.ts';

/** What the answers work on. */
export type Store = {
  topics: Topics;
  clock: Clock;
  log: Log;
  reached: Reached;
  /** This broker as clients reach it; the port is known once it listens. */
  address(): { nodeId: number; host: string; port: number };
  /** Whether a metadata request may create a topic that does not exist. */
  autoCreateTopics: boolean;
  /** Partitions of a topic whose creator leaves it to the broker. */
  defaultPartitions: number;
  /** Bytes that an answer may have, as long as slow clients hold others back. */
  replyRoom(): number;
  /** Told when a topic has gone. */
  topicDeleted(name: string): void;
};
