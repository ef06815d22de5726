import { toDeadLetter } from '../../kafka/dead-letters.ts';
import type { OutRecord, PartitionProducer } from '../../kafka/partition-producer.ts';
import type { Home } from '../host.ts';
import type { Rejected, Slice } from './slice.ts';

export type OutletParts = {
  home: Home;
  partition: number;
  open(topic: string): PartitionProducer;
  /** Ends a send that is on its way. */
  signal: AbortSignal;
};

/** The way out of one partition: a producer for each topic it writes to, made when first used and thrown away in doubt. */
export class Outlet {
  readonly #parts: OutletParts;
  readonly #producers = new Map<string, PartitionProducer>();

  constructor(parts: OutletParts) {
    this.#parts = parts;
  }

  /** Sends the dead letters of a slice; resolves when they are acknowledged, at once when there are none. */
  async bury({ rejected }: Slice): Promise<void> {
    const first = rejected[0];
    if (!first) return;
    const { home, partition } = this.#parts;
    const { topics, slot } = home.birth;
    const letters = rejected.map((r) => this.#letter(r));
    await this.#send(topics.deadLetters, letters);
    home.world.reached('dead-letters-acknowledged');
    home.tell({ type: 'records-dead-lettered', slot, partition, count: rejected.length, reason: first.reason });
  }

  /** Sends the outcomes of a slice as one batch; gives the offset at which it landed. */
  async publish({ outputs }: Slice): Promise<number> {
    const { birth, world } = this.#parts.home;
    const baseOffset = await this.#send(birth.topics.inventoryEvents, outputs);
    world.reached('outcomes-acknowledged');
    return baseOffset;
  }

  /** Closes the producers: nothing of theirs reaches the log any more. The next send makes new ones. */
  throwAway(): void {
    for (const producer of this.#producers.values()) producer.close().catch(() => {});
    this.#producers.clear();
  }

  async #send(topic: string, records: OutRecord[]): Promise<number> {
    const producer = this.#producers.get(topic) ?? this.#parts.open(topic);
    this.#producers.set(topic, producer);
    const { baseOffset } = await producer.send(records, this.#parts.signal);
    return baseOffset;
  }

  #letter({ record, reason }: Rejected): OutRecord {
    const { birth, world } = this.#parts.home;
    const { partition } = this.#parts;
    const topic = birth.topics.orders;
    const sentence = `${topic}/${partition}@${record.offset} is no order: ${reason}`;
    return toDeadLetter({ topic, partition, record, groupId: birth.groupId, reason, sentence }, world.now());
  }
}
