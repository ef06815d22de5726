import type { Connection, LogSink } from './client.ts';
import { asFault, CODE, type Fault, faultOf, faultOfCode, KafkaFault } from './errors.ts';
import { commitOffsets, type OffsetToCommit } from './group/committed.ts';
import { createLanes, type Lanes } from './group/lanes.ts';
import type { GroupListener, LostReason } from './group/listener.ts';
import { beat, endOfMembership, type Joined, join, leave } from './group/membership.ts';
import { Positions } from './group/positions.ts';
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
};
const LEAVE_MS = 2_000;
const COMMIT_MS = 5_000;
const LAST_COMMITS_MS = 1_000;
const RETRY_MS = 250;

type Generation = Joined & { positions: Positions; lanes: Lanes; end(reason: LostReason): void };

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
  const control = createLink(connection, { log });
  const life = new AbortController();
  const commits = new Set<Promise<unknown>>();
  let member: { memberId: string; generation?: number } = { memberId: '' };
  let current: Generation | undefined;
  let started = false;

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
    const over = new AbortController();
    const positions = new Positions(joined.partitions);
    const signal = AbortSignal.any([over.signal, life.signal]);
    const lanes = createLanes({ ...settings, log, on, positions, signal, connection, control });
    let reason: LostReason | undefined;
    const end = (why: LostReason) => {
      if (signal.aborted) return;
      reason = why;
      over.abort();
      on.lost(why);
    };
    member = { memberId: joined.memberId, generation: joined.generation };
    current = { ...joined, positions, lanes, end };
    try {
      const { memberId, generation, partitions } = joined;
      on.assigned({ memberId, generation, partitions });
      on.heartbeat({ generation });
      await Promise.all([lanes.run(), keepBeating(joined, signal, end)]);
    } finally {
      over.abort();
      current = undefined;
    }
    if (reason === 'expelled') member = { memberId: '' };
  }

  async function keepBeating(joined: Joined, signal: AbortSignal, end: (reason: LostReason) => void): Promise<void> {
    const { generation } = joined;
    while (!signal.aborted) {
      await pause(settings.heartbeatIntervalMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        const deadlineMs = settings.heartbeatIntervalMs;
        await control.run((cluster) => beat(cluster, groupId, joined), { deadlineMs, signal });
        on.heartbeat({ generation });
      } catch (thrown) {
        const ended = endOfMembership(thrown);
        if (signal.aborted) return;
        if (ended) end(ended);
        else troubled(thrown);
      }
    }
  }

  /** Tells of a failure that is tried again, and throws what cannot be. */
  function troubled(thrown: unknown): void {
    const fault: Fault | undefined = faultOf(thrown);
    if (!fault?.retriable) throw thrown;
    on.trouble?.(fault);
  }

  async function live(): Promise<void> {
    while (!life.signal.aborted) {
      try {
        await serve(await joinGroup());
        await Promise.race([Promise.allSettled(commits), pause(LAST_COMMITS_MS)]);
      } catch (thrown) {
        if (life.signal.aborted) return;
        const ended = endOfMembership(thrown);
        if (ended === 'expelled') member = { memberId: '' };
        if (ended) continue;
        troubled(thrown);
        await pause(RETRY_MS, life.signal).catch(() => undefined);
      }
    }
  }

  async function crash(thrown: unknown): Promise<void> {
    await stop();
    on.crashed(asFault(thrown));
  }

  async function stop(): Promise<void> {
    if (life.signal.aborted) return;
    life.abort();
    const last = Promise.race([Promise.allSettled(commits), pause(LAST_COMMITS_MS)]);
    if (current) await last;
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
      if (ended && current?.generation === generation) current.end(ended);
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
      current?.positions.seek({ topic, partition }, offset);
      current?.lanes.wake();
    },
    pause(partitions) {
      current?.positions.setPaused(partitions, true);
    },
    resume(partitions) {
      current?.positions.setPaused(partitions, false);
      current?.lanes.wake();
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
