import type { TopicPartition } from '../wire/find.ts';
import type { AssignedPartition } from './listener.ts';

/**
 * Where a consumer is in one partition. `offset` is the next to read, undefined while only the start of the partition
 * would do; `seeks` tells an answer that it was asked for before the last seek.
 */
export type Position = TopicPartition & { offset: number | undefined; paused: boolean; seeks: number };

/** The partitions of one generation. Partitions that are not in it are ignored, as they belong to somebody else. */
export class Positions {
  readonly #byName = new Map<string, Position>();

  constructor(partitions: readonly AssignedPartition[]) {
    for (const { topic, partition, committed } of partitions) {
      const position = { topic, partition, offset: committed?.offset, paused: false, seeks: 0 };
      this.#byName.set(nameOf(position), position);
    }
  }

  all(): Position[] {
    return [...this.#byName.values()];
  }

  seek(where: TopicPartition, offset: number): void {
    const position = this.#byName.get(nameOf(where));
    if (!position) return;
    position.offset = offset;
    position.seeks++;
  }

  setPaused(where: readonly TopicPartition[], paused: boolean): void {
    for (const each of where) {
      const position = this.#byName.get(nameOf(each));
      if (position) position.paused = paused;
    }
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
