import { SendDoubt } from '../../kafka/errors.ts';
import type { OutRecord, PartitionProducer } from '../../kafka/partition-producer.ts';
import { pauseFor, type World } from '../world.ts';

const BATCH_RECORDS = 1_000;
const BATCH_BYTES = 512 * 1024;
const RETRY_MS = 100;

/** What the lanes of one run report to. */
export type LaneLog = {
  sent(delayMs: number): void;
  acknowledged(records: number, publishMs: number): void;
  /** A send whose fate is unknown will be repeated: the log may hold these records twice. */
  doubted(records: number, reason: string): void;
  /** Records that the cluster refuses for good. */
  refused(records: number, reason: string): void;
};

/** The way of one partition: a bounded queue, one outstanding send, the same batch again after doubt. */
export class Lane {
  readonly #world: World;
  readonly #open: () => PartitionProducer;
  readonly #log: LaneLog;
  readonly #signal: AbortSignal;
  #queue: OutRecord[] = [];
  #producer: PartitionProducer | undefined;
  #sending: Promise<void> | undefined;
  /** Records composed and not yet acknowledged. */
  pending = 0;

  constructor(world: World, open: () => PartitionProducer, log: LaneLog, signal: AbortSignal) {
    this.#world = world;
    this.#open = open;
    this.#log = log;
    this.#signal = signal;
  }

  /** True when another batch waits behind the one that is being sent. */
  get isFull(): boolean {
    return this.#queue.length >= BATCH_RECORDS && this.#sending !== undefined;
  }

  push(record: OutRecord): void {
    this.#queue.push(record);
    this.pending += 1;
    if (this.#queue.length >= BATCH_RECORDS) this.kick();
  }

  /** Starts sending what waits, if nothing is on its way. */
  kick(): void {
    if (this.#sending || this.#queue.length === 0) return;
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Resolves when the batch on its way is settled. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  /** Sends what is left and closes. */
  async drain(): Promise<void> {
    while (this.pending > 0) {
      this.kick();
      await this.#sending;
    }
    await this.#producer?.close();
  }

  async #sendAll(): Promise<void> {
    const batch = this.#takeBatch();
    const takenAt = this.#world.now();
    for (const record of batch) this.#log.sent(takenAt - record.timestamp);
    try {
      await this.#deliver(batch);
    } finally {
      this.pending -= batch.length;
    }
  }

  #takeBatch(): OutRecord[] {
    let bytes = 0;
    let count = 0;
    for (const record of this.#queue) {
      bytes += (record.value?.length ?? 0) + (record.key?.length ?? 0) + 16;
      if (count > 0 && (count === BATCH_RECORDS || bytes > BATCH_BYTES)) break;
      count += 1;
    }
    const batch = this.#queue.slice(0, count);
    this.#queue = this.#queue.slice(count);
    return batch;
  }

  async #deliver(batch: OutRecord[]): Promise<void> {
    for (let attempt = 1; !this.#signal.aborted; attempt++) {
      const sentAt = performance.now();
      try {
        this.#producer ??= this.#open();
        await this.#producer.send(batch);
        return this.#log.acknowledged(batch.length, performance.now() - sentAt);
      } catch (error) {
        await this.#throwProducerAway();
        const reason = error instanceof Error ? error.message : String(error);
        if (error instanceof SendDoubt && !error.retriable) return this.#log.refused(batch.length, reason);
        this.#log.doubted(attempt === 1 ? batch.length : 0, reason);
        await pauseFor(this.#world, RETRY_MS, this.#signal);
      }
    }
    this.#log.refused(batch.length, 'the load was stopped before the cluster answered');
  }

  async #throwProducerAway(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.close();
  }
}
