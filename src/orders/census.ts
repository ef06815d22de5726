import { createLanes, type Lanes } from './hash.ts';
import { IdTable } from './id-table.ts';
import type { OutcomeKind } from './outcome.ts';

const MAX_PARTITION = 32_766;

/** A tag holds partition and kind, and is never 0. */
function toTag(partition: number, kind: OutcomeKind): number {
  return ((partition << 1) | (kind === 'failed' ? 1 : 0)) + 1;
}

function partitionOf(tag: number): number {
  return (tag - 1) >>> 1;
}

function isFailed(tag: number): boolean {
  return ((tag - 1) & 1) === 1;
}

/**
 * The ids of one topic over all its partitions, each counted once: where several partitions hold an id, the lowest wins,
 * whichever came first. Orders, which have no outcome, are all `reserved` here.
 */
export class Census {
  /** Each id with the lowest partition that holds it. */
  #lowest = new IdTable();
  /** Each further (id, partition), under the id turned by the partition. Rare, but exact if it is not. */
  #others = new IdTable();
  readonly #turned = createLanes();
  #failed = 0;

  /** Distinct ids over all partitions. */
  get distinct(): number {
    return this.#lowest.size;
  }

  /** Of these, those whose winning outcome is `failed`. */
  get failed(): number {
    return this.#failed;
  }

  /** Ids held by a partition although a lower one has them: once per such partition. */
  get crossPartition(): number {
    return this.#others.size;
  }

  /** Bytes of the tables. */
  get bytes(): number {
    return this.#lowest.bytes + this.#others.bytes;
  }

  /** Whether this partition holds the id. */
  has(lanes: Lanes, partition: number): boolean {
    const tag = this.#lowest.get(lanes);
    if (tag === 0) return false;
    return (
      partitionOf(tag) === partition || (this.#others.size > 0 && this.#others.get(this.#turn(lanes, partition)) !== 0)
    );
  }

  /** What this partition holds of the id, or undefined if nothing. */
  kindOf(lanes: Lanes, partition: number): OutcomeKind | undefined {
    const lowest = this.#lowest.get(lanes);
    const here = lowest === 0 || partitionOf(lowest) === partition;
    const tag = here ? lowest : this.#others.get(this.#turn(lanes, partition));
    return tag === 0 ? undefined : isFailed(tag) ? 'failed' : 'reserved';
  }

  /** Adds the id to this partition; false if it holds it already. */
  add(lanes: Lanes, partition: number, kind: OutcomeKind): boolean {
    if (partition > MAX_PARTITION) throw new RangeError(`partition ${partition} is above ${MAX_PARTITION}`);
    const tag = toTag(partition, kind);
    const lowest = this.#lowest.claim(lanes, tag);
    if (lowest !== 0) return partitionOf(lowest) !== partition && this.#addFurther(lanes, tag, lowest);
    if (kind === 'failed') this.#failed++;
    return true;
  }

  /** Drops all that one partition holds, because its log is another one now. Takes time for every id of the topic. */
  forget(partition: number): void {
    const [lowest, others] = [this.#lowest, this.#others];
    this.#lowest = new IdTable();
    this.#others = new IdTable();
    this.#failed = 0;
    const keep = (lanes: Lanes, tag: number) => {
      if (partitionOf(tag) !== partition) this.add(lanes, partitionOf(tag), isFailed(tag) ? 'failed' : 'reserved');
    };
    lowest.forEach(keep);
    const lanes = createLanes();
    others.forEach((turned, tag) => {
      lanes.set(turned);
      turnBy(lanes, partitionOf(tag));
      keep(lanes, tag);
    });
  }

  #addFurther(lanes: Lanes, tag: number, lowest: number): boolean {
    if (this.#others.get(this.#turn(lanes, partitionOf(tag))) !== 0) return false;
    const below = partitionOf(tag) < partitionOf(lowest);
    const higher = below ? lowest : tag;
    this.#others.claim(this.#turn(lanes, partitionOf(higher)), higher);
    if (!below) return true;
    this.#lowest.retag(lanes, tag);
    this.#failed += Number(isFailed(tag)) - Number(isFailed(lowest));
    return true;
  }

  #turn(lanes: Lanes, partition: number): Lanes {
    this.#turned.set(lanes);
    turnBy(this.#turned, partition);
    return this.#turned;
  }
}

/** Makes one key of an id and a partition; doing it twice gives the id back. Lane 1 is left: a table keeps no 0 there. */
function turnBy(lanes: Lanes, partition: number): void {
  lanes[2] = (lanes[2] as number) ^ Math.imul(partition + 1, 0x9e3779b1);
}
