import { faultOf } from '../kafka/errors.ts';
import type { OutRecord } from '../kafka/partition-producer.ts';
import { interrupted } from './bounded.ts';
import { type Clock, pause } from './clock.ts';
import type { Cluster, Sender } from './cluster.ts';

/** Pause before a batch in doubt is sent again, ms. */
const AGAIN_MS = 200;

/** How long a batch is sent again and again, ms. */
const GIVE_UP_MS = 60_000;

/** A producer id that is spent (wrong sequence, unknown id, fenced epoch): fatal for that producer, not for the next. */
const SPENT: readonly number[] = [45, 46, 47, 59];

function mayHelp(thrown: unknown): boolean {
  const fault = faultOf(thrown);
  return fault !== undefined && (fault.retriable || SPENT.includes(fault.code));
}

/** Producers to the partitions of a topic, opened when first needed. */
export type Senders = {
  /**
   * Sends records to a partition and answers their first offset. At least once: a batch whose fate is unknown is sent
   * again with a new producer. Rejects with the last fault when it is refused for good, after a minute, or when aborted.
   */
  send(partition: number, records: readonly OutRecord[], signal: AbortSignal): Promise<number>;
  close(): Promise<void>;
};

/** Creates the producers of a topic; nothing is opened. */
export function createSenders(cluster: Pick<Cluster, 'sender'>, clock: Clock, topic: string): Senders {
  const open = new Map<number, Sender>();
  const tails = new Map<number, Promise<unknown>>();

  const discard = async (partition: number) => {
    const sender = open.get(partition);
    open.delete(partition);
    await sender?.close().catch(() => {});
  };
  const sendOnce = async (partition: number, records: readonly OutRecord[], signal: AbortSignal) => {
    const sender = open.get(partition) ?? cluster.sender(topic, partition);
    open.set(partition, sender);
    return (await sender.send(records, signal)).baseOffset;
  };
  const sendUntilDone = async (partition: number, records: readonly OutRecord[], signal: AbortSignal) => {
    const giveUpAt = clock.now() + GIVE_UP_MS;
    for (;;) {
      if (signal.aborted) throw interrupted();
      try {
        return await sendOnce(partition, records, signal);
      } catch (thrown) {
        await discard(partition);
        if (!mayHelp(thrown) || signal.aborted || clock.now() >= giveUpAt) throw thrown;
        await pause(clock, AGAIN_MS, signal);
      }
    }
  };

  return {
    send(partition, records, signal) {
      // One outstanding send per partition: the next waits for the one before, whatever became of it.
      const before = tails.get(partition) ?? Promise.resolve();
      const sent = before.then(() => sendUntilDone(partition, records, signal));
      tails.set(
        partition,
        sent.catch(() => {}),
      );
      return sent;
    },
    async close() {
      await Promise.all([...open.keys()].map(discard));
    },
  };
}
