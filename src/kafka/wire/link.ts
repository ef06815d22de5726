import { type Connection, createCluster, type LogSink } from '../client.ts';
import { asFault, CODE, faultOf, faultOfCode, KafkaFault, toKafkaError } from '../errors.ts';
import { createGate, type Gate } from './gate.ts';
import type { Cluster } from './kafkajs.ts';
import { pause, startDeadline, untilAborted } from './pause.ts';

/** How long to try in all, how long at a time (10 s), and who may end it early. */
export type Patience = { deadlineMs?: number; attemptMs?: number; signal?: AbortSignal | undefined };

/** A kept connection to a cluster for calls that may be made again: it outlives any absence of the broker. */
export type Link = {
  /**
   * Runs `task` until it succeeds, fails for good, or the deadline (5 s, if nobody said otherwise) passes; a broken connection is replaced.
   * Rejects with a KafkaFault, or with the signal's reason.
   */
  run<T>(task: (cluster: Cluster) => Promise<T>, patience?: Patience): Promise<T>;
  /** The same for people: rejects with KAFKA_UNREACHABLE or KAFKA_REFUSED, whose sentence begins with `what`. */
  use<T>(what: string, task: (cluster: Cluster) => Promise<T>, patience?: Patience): Promise<T>;
  /** Ends all calls; nothing leaves any more. */
  close(): void;
};

const DEADLINE_MS = 5_000;
const ATTEMPT_MS = 10_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

type Open = { cluster: Cluster; gate: Gate };

/** A link to `connection`; opens nothing before the first call. `deadlineMs` is for calls that name none. */
export function createLink(
  connection: Connection,
  { deadlineMs: usual = DEADLINE_MS, log }: { deadlineMs?: number; log?: LogSink | undefined } = {},
): Link {
  let current: Open | undefined;
  let opened = 0;
  let closed = false;

  function open(): Open {
    if (closed) throw new KafkaFault({ ...faultOfCode(CODE.NETWORK_EXCEPTION), retriable: false, sentence: 'closed' });
    if (current) return current;
    const gate = createGate();
    current = { gate, cluster: createCluster(connection, { gate, log, first: opened++ }) };
    return current;
  }

  /** Several calls share a connection: only the first to see it broken replaces it. */
  function discard(broken: Open): void {
    broken.gate.shut();
    if (current === broken) current = undefined;
  }

  async function work<T>(link: Open, task: (cluster: Cluster) => Promise<T>): Promise<T> {
    try {
      if (!link.cluster.brokerPool.metadata) await learnBrokers(link.cluster);
      return await task(link.cluster);
    } catch (thrown) {
      // Where the leader has moved or the connection broke, what this cluster object knows is stale.
      if (faultOf(thrown)?.retriable) discard(link);
      throw thrown;
    }
  }

  async function attempt<T>(task: (cluster: Cluster) => Promise<T>, leftMs: number): Promise<T> {
    const link = open();
    const deadline = startDeadline(leftMs, () => {
      discard(link);
      return new KafkaFault(faultOfCode(CODE.REQUEST_TIMED_OUT));
    });
    try {
      return await Promise.race([work(link, task), deadline.passed]);
    } finally {
      deadline.cancel();
    }
  }

  async function run<T>(task: (cluster: Cluster) => Promise<T>, patience: Patience = {}): Promise<T> {
    const { deadlineMs = usual, attemptMs = ATTEMPT_MS, signal } = patience;
    const deadline = Date.now() + deadlineMs;
    let pauseMs = FIRST_PAUSE_MS;
    let telling: unknown;
    for (;;) {
      signal?.throwIfAborted();
      try {
        return await untilAborted(attempt(task, Math.min(attemptMs, deadline - Date.now())), signal);
      } catch (thrown) {
        const fault = faultOf(thrown);
        const mayRepeat = fault?.retriable === true && !closed;
        // That the time is over says less than what went wrong before.
        if (fault?.code !== CODE.REQUEST_TIMED_OUT || !mayRepeat) telling = thrown;
        if (!mayRepeat || Date.now() + pauseMs >= deadline) throw asFault(telling ?? thrown);
      }
      await pause(pauseMs, signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  return {
    run,
    async use(what, task, patience) {
      try {
        return await run(task, patience);
      } catch (thrown) {
        throw toKafkaError(thrown, what);
      }
    },
    close() {
      closed = true;
      current?.gate.shut();
      current = undefined;
    },
  };
}

/** Connects and asks once for everything, so that brokers can be found by id. */
export async function learnBrokers(cluster: Cluster): Promise<void> {
  await cluster.connect();
  await cluster.brokerPool.refreshMetadata([]);
}
