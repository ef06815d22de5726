import type { Connection, LogSink } from '../client.ts';
import { faultOf } from '../errors.ts';
import type { TopicPartition } from '../wire/find.ts';
import type { Link } from '../wire/link.ts';
import { pause } from '../wire/pause.ts';
import { createLanes } from './lanes.ts';
import type { GroupListener, LostReason } from './listener.ts';
import { beat, endOfMembership, hasGrown, type Joined } from './membership.ts';
import { Positions } from './positions.ts';

/** What every generation of a consumer has from it; times in milliseconds. */
export type GenerationParts = {
  connection: Connection;
  /** The connection for all but fetches. */
  control: Link;
  on: GroupListener;
  groupId: string;
  heartbeatIntervalMs: number;
  maxBytesPerPartition: number;
  maxWaitTimeMs: number;
  metadataMaxAgeMs: number;
  log: LogSink | undefined;
  /** Aborted when the consumer is stopped. */
  life: AbortSignal;
};

/** A membership while it lasts: its positions, fetches and heartbeats. */
export type Generation = {
  readonly id: number;
  seek(where: TopicPartition, offset: number): void;
  setPaused(where: readonly TopicPartition[], paused: boolean): void;
  /** Ends it at once: the listener hears why, and no record is delivered any more. */
  end(reason: LostReason): void;
  /** Delivers until the end and tells the reason, none if the consumer was stopped. Rejects with what cannot be mended. */
  run(): Promise<LostReason | undefined>;
};

/** A generation that has been joined; `run` begins it, with the listener's `assigned`. */
export function createGeneration(joined: Joined, parts: GenerationParts): Generation {
  const { memberId, generation, partitions, divided } = joined;
  const { control, on, groupId, heartbeatIntervalMs } = parts;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, parts.life]);
  const positions = new Positions(partitions);
  const lanes = createLanes({ ...parts, positions, signal });
  let reason: LostReason | undefined;

  function end(why: LostReason): void {
    if (signal.aborted) return;
    reason = why;
    over.abort();
    on.lost(why);
  }

  async function beatOnce(): Promise<void> {
    try {
      await control.run((cluster) => beat(cluster, groupId, joined), { deadlineMs: heartbeatIntervalMs, signal });
      on.heartbeat({ generation });
    } catch (thrown) {
      if (signal.aborted) return;
      const ended = endOfMembership(thrown);
      if (ended) return end(ended);
      const fault = faultOf(thrown);
      if (!fault?.retriable) throw thrown;
      on.trouble?.(fault);
    }
  }

  /** Whoever divided the partitions has them divided again when there are more. */
  async function lookForGrowth(): Promise<void> {
    if (!divided) return;
    const grown = await control.run((cluster) => hasGrown(cluster, divided), { signal }).catch(() => false);
    if (grown) end('rebalance');
  }

  async function every(ms: number, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await pause(ms, signal).catch(() => undefined);
      if (!signal.aborted) await work();
    }
  }

  return {
    id: generation,
    end,
    seek(where, offset) {
      positions.seek(where, offset);
      lanes.wake();
    },
    setPaused(where, paused) {
      positions.setPaused(where, paused);
      if (!paused) lanes.wake();
    },
    async run() {
      try {
        on.assigned({ memberId, generation, partitions });
        on.heartbeat({ generation });
        const beats = every(heartbeatIntervalMs, beatOnce);
        await Promise.all([lanes.run(), beats, every(parts.metadataMaxAgeMs, lookForGrowth)]);
        return reason;
      } finally {
        over.abort();
      }
    },
  };
}
