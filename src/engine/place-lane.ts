import { LunchrushError } from '../errors.ts';
import type { OutRecord } from '../kafka/partition-producer.ts';
import type { Clock } from './clock.ts';
import type { Senders } from './senders.ts';

/** A record that waits for its turn; `bytes` as memory and batches count it, `since` in ms. */
export type Waiting = { record: OutRecord; bytes: number; since: number };

/** The queue before one partition. */
export type PlaceLane = {
  /** Resolves with the record's offset when its batch is acknowledged. */
  send(waiting: Waiting): Promise<number>;
  /** Rejects what waits; what is on its way goes on. */
  close(): void;
};

/** One batch at most. */
const BATCH = { records: 1000, bytes: 256 * 1024 };

/** How long a record may wait and be on its way together, ms. */
const PATIENCE_MS = 10_000;

const TOO_LATE = 'it was not sent: those before it took too long';

type Queued = Waiting & { resolve(offset: number): void; reject(error: unknown): void };

/** One batch is on its way at a time: what comes meanwhile goes together in the next one, and nothing waits for more to come. */
export function createPlaceLane(parts: { senders: Pick<Senders, 'send'>; clock: Clock; partition: number }): PlaceLane {
  const { senders, clock, partition } = parts;
  const queue: Queued[] = [];
  let isSending = false;

  const sendBatch = async (batch: readonly Queued[]) => {
    const giveUp = new AbortController();
    const oldest = batch[0]?.since ?? clock.now();
    const cancel = clock.setTimer(oldest + PATIENCE_MS - clock.now(), () => giveUp.abort());
    try {
      const records = batch.map(({ record }) => record);
      const first = await senders.send(partition, records, giveUp.signal);
      for (const [i, { resolve }] of batch.entries()) resolve(first + i);
    } catch (thrown) {
      for (const { reject } of batch) reject(thrown);
    } finally {
      cancel();
    }
  };
  const sendAll = async () => {
    while (queue.length > 0) {
      refuseOld();
      const batch = queue.splice(0, sizeOfBatch(queue));
      if (batch.length > 0) await sendBatch(batch);
    }
    isSending = false;
  };
  /** The queue is in the order of time. */
  const refuseOld = () => {
    const now = clock.now();
    const young = queue.findIndex(({ since }) => since + PATIENCE_MS > now);
    if (young === 0) return;
    const old = queue.splice(0, young < 0 ? queue.length : young);
    for (const { reject } of old) reject(new LunchrushError('TIMED_OUT', TOO_LATE));
  };

  return {
    send(waiting) {
      return new Promise((resolve, reject) => {
        queue.push({ ...waiting, resolve, reject });
        if (isSending) return;
        isSending = true;
        // What else this turn of the event loop brings goes with the first.
        setImmediate(sendAll);
      });
    },
    close() {
      for (const { reject } of queue.splice(0)) reject(new LunchrushError('COMMAND_FAILED', 'the program is closing'));
    },
  };
}

function sizeOfBatch(queue: readonly Queued[]): number {
  let bytes = 0;
  for (const [i, each] of queue.entries()) {
    bytes += each.bytes;
    if (i === BATCH.records || (i > 0 && bytes > BATCH.bytes)) return i;
  }
  return queue.length;
}
