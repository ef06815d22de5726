import type { Connection, LogSink } from './client.ts';
import { CODE, faultOf, faultOfCode, KafkaFault, toKafkaError } from './errors.ts';
import { commitOffsets, type OffsetToCommit } from './group/committed.ts';
import { createGeneration, type Generation } from './group/generation.ts';
import type { GroupListener } from './group/listener.ts';
import { endOfMembership, type Joined, join, leave } from './group/membership.ts';
import { coordinatorOf, type TopicPartition } from './wire/find.ts';
import { createLink } from './wire/link.ts';
import { pause } from './wire/pause.ts';

/** How a consumer behaves; times in milliseconds. What is left out is as kafkajs's settings of our choice. */
export type GroupConsumerSettings = {
  groupId: string;
  topics: string[];
  /** Without a heartbeat for so long the group drops the member (10 s). */
  sessionTimeoutMs?: number;
  heartbeatIntervalMs?: number;
  /** How long a rebalance waits for members to join again (15 s). */
  rebalanceTimeoutMs?: number;
  /** Bytes of one partition in an answer (256 KB). */
  maxBytesPerPartition?: number;
  /** How long a broker may wait for records while no partition is paused (500 ms). */
  maxWaitTimeMs?: number;
  /** How often new partitions of the topics are looked for (60 s). */
  metadataMaxAgeMs?: number;
  log?: LogSink;
};

/** One member of a group. */
export type GroupConsumer = {
  /** Begins to join; from then on the listener is told. An absent broker is waited for, however long. */
  start(): void;
  /** Leaves the group and ends all fetches, within two seconds whatever the broker does. */
  stop(): Promise<void>;
  seek(topic: string, partition: number, offset: number): void;
  pause(partitions: readonly TopicPartition[]): void;
  resume(partitions: readonly TopicPartition[]): void;
  /** Commits for this generation; rejects with a KafkaFault named REBALANCE_IN_PROGRESS, UNKNOWN_MEMBER_ID, … */
  commit(offsets: readonly OffsetToCommit[]): Promise<void>;
  readonly memberId: string | undefined;
  readonly generation: number | undefined;
};

const DEFAULTS = {
  sessionTimeoutMs: 10_000,
  heartbeatIntervalMs: 2_000,
  rebalanceTimeoutMs: 15_000,
  maxBytesPerPartition: 262_144,
  maxWaitTimeMs: 500,
  metadataMaxAgeMs: 60_000,
};
const LEAVE_MS = 2_000;
const COMMIT_MS = 5_000;
const LAST_COMMITS_MS = 1_000;
const RETRY_MS = 250;

/**
 * A consumer of the classic group protocol on kafkajs's connections and codecs. kafkajs's own consumer is not used: it
 * hides the generation, beats only between batches, sleeps through a resume, retries commits out of sight and waits for
 * its long poll when it is stopped.
 */
export function createGroupConsumer(
  connection: Connection,
  given: GroupConsumerSettings,
  on: GroupListener,
): GroupConsumer {
  const settings = { ...DEFAULTS, ...given };
  const { groupId, log } = settings;
  const life = new AbortController();
  const control = createLink(connection, { log });
  const parts = { ...settings, connection, control, on, log, life: life.signal };
  const commits = new Set<Promise<unknown>>();
  let member: { memberId: string; generation?: number } = { memberId: '' };
  let current: Generation | undefined;
  let started = false;
  let stopped: Promise<void> | undefined;

  async function joinGroup(): Promise<Joined> {
    // From here on a commit would wait behind the join, and belong to a generation that is over.
    member = { memberId: member.memberId };
    // Asked for first, because a join may take long and an absent broker is to be told of soon.
    const soon = { deadlineMs: settings.heartbeatIntervalMs, signal: life.signal };
    await control.run((cluster) => coordinatorOf(cluster, groupId), soon);
    const remember = (memberId: string) => (member = { memberId });
    const deadlineMs = settings.rebalanceTimeoutMs + settings.sessionTimeoutMs;
    const patience = { deadlineMs, attemptMs: deadlineMs, signal: life.signal };
    return await control.run((cluster) => join(cluster, settings, member.memberId, remember), patience);
  }

  /** Serves one generation; resolves when it is over and another is to be joined. */
  async function serve(joined: Joined): Promise<void> {
    member = { memberId: joined.memberId, generation: joined.generation };
    current = createGeneration(joined, parts);
    const reason = await current.run().finally(() => (current = undefined));
    if (reason === 'expelled') member = { memberId: '' };
  }

  /** Commits on their way are given a moment: what they say still counts. */
  async function lastCommits(): Promise<void> {
    if (commits.size > 0) await Promise.race([Promise.allSettled(commits), pause(LAST_COMMITS_MS)]);
  }

  async function live(): Promise<void> {
    while (!life.signal.aborted) {
      try {
        await serve(await joinGroup());
      } catch (thrown) {
        if (!life.signal.aborted) await afterFailure(thrown);
      }
    }
  }

  /** Prepares for joining again after a failure that this can mend, and throws what cannot be mended. */
  async function afterFailure(thrown: unknown): Promise<void> {
    const ended = endOfMembership(thrown);
    if (ended === 'expelled') member = { memberId: '' };
    if (ended) return;
    const fault = faultOf(thrown);
    if (!fault?.retriable) throw thrown;
    on.trouble?.(fault);
    await pause(RETRY_MS, life.signal).catch(() => undefined);
  }

  function stop(): Promise<void> {
    stopped ??= leaveNow();
    return stopped;
  }

  async function crash(thrown: unknown): Promise<void> {
    await stop();
    on.crashed(toKafkaError(thrown, `as a member of ${groupId}`));
  }

  async function leaveNow(): Promise<void> {
    life.abort();
    await lastCommits();
    control.close();
    if (member.memberId) await leaveFor(connection, groupId, member.memberId, LEAVE_MS).catch(() => undefined);
  }

  async function commit(offsets: readonly OffsetToCommit[]): Promise<void> {
    const { memberId, generation } = member;
    if (generation === undefined) throw new KafkaFault(faultOfCode(CODE.REBALANCE_IN_PROGRESS, `group ${groupId}`));
    const committed = control.run((cluster) => commitOffsets(cluster, { groupId, memberId, generation }, offsets), {
      deadlineMs: COMMIT_MS,
    });
    commits.add(committed);
    try {
      await committed;
    } catch (thrown) {
      const ended = endOfMembership(thrown);
      if (ended && current?.id === generation) current.end(ended);
      throw thrown;
    } finally {
      commits.delete(committed);
    }
  }

  return {
    start() {
      if (started) return;
      started = true;
      void live().catch(crash);
    },
    stop,
    seek(topic, partition, offset) {
      current?.seek({ topic, partition }, offset);
    },
    pause(partitions) {
      current?.setPaused(partitions, true);
    },
    resume(partitions) {
      current?.setPaused(partitions, false);
    },
    commit,
    get memberId() {
      return member.memberId || undefined;
    },
    get generation() {
      return member.generation;
    },
  };
}

/** Leaves the group for a member over a fresh connection, so that nothing the member waits for is in the way. */
export async function leaveFor(
  connection: Connection,
  groupId: string,
  memberId: string,
  deadlineMs: number,
): Promise<void> {
  const link = createLink(connection);
  try {
    await link.use(`leaving group ${groupId}`, (cluster) => leave(cluster, groupId, memberId), { deadlineMs });
  } finally {
    link.close();
  }
}
