import type { PartitionReader } from '../../kafka/partition-reader.ts';
import type { Home } from '../host.ts';
import type { PartitionView } from '../messages.ts';
import type { Book } from './book.ts';
import { Latency } from './latency.ts';
import { Recent } from './recent.ts';
import type { Replay } from './replay.ts';
import type { Source } from './source.ts';

type Where = { topic: string; partition: number };

/** What the parts of analytics share: the ledger, the assignment, and the replay if one is under way. */
export class Desk {
  readonly home: Home;
  readonly book: Book;
  readonly reader: PartitionReader;
  readonly source: Source;
  readonly latency: Latency;
  readonly recent = new Recent();
  assigned: Where[] = [];
  replay: Replay | undefined;
  isPaused: boolean;
  movedAt = 0;
  /** Records a second folded while more was waiting; 0 when not measured yet. */
  foldRate = 0;
  readonly #ends = new Map<string, number>();
  readonly #committed = new Map<string, number>();

  constructor(parts: { home: Home; book: Book; reader: PartitionReader; source: Source }) {
    this.home = parts.home;
    this.book = parts.book;
    this.reader = parts.reader;
    this.source = parts.source;
    this.isPaused = parts.home.birth.paused;
    this.latency = new Latency(parts.home.world.now() - process.uptime() * 1000);
    const { run } = parts.home.birth;
    if (run !== undefined) this.latency.begin(run);
  }

  /** Next offset to read: of the second ledger during a replay. */
  nextOf({ topic, partition }: Where): number {
    const range = this.replay?.rangeOf(topic, partition);
    if (this.replay && range) return this.replay.nextOf(range);
    return this.book.ledger.fold(topic, partition).position.next;
  }

  /** Whether a topic-partition waits at the cut for the others. */
  isThrough({ topic, partition }: Where): boolean {
    const range = this.replay?.rangeOf(topic, partition);
    return this.replay !== undefined && range !== undefined && this.replay.isThrough(range);
  }

  /** Seeks every assigned partition to what comes next, and fetches those that may move. */
  goOn(): void {
    for (const where of this.assigned) this.source.seek(where.topic, where.partition, this.nextOf(where));
    this.source.pause(this.assigned);
    if (!this.isPaused) this.source.resume(this.assigned.filter((where) => !this.isThrough(where)));
  }

  endOf(where: Where): number {
    return this.#ends.get(keyOf(where)) ?? -1;
  }

  sawEnd(where: Where, end: number): void {
    this.#ends.set(keyOf(where), end);
  }

  committedOf(where: Where): number {
    return this.#committed.get(keyOf(where)) ?? -1;
  }

  noteCommitted(where: Where, offset: number): void {
    this.#committed.set(keyOf(where), offset);
  }

  /** Whether some position is not committed. A partition without records needs no commit. */
  get isDirty(): boolean {
    return this.assigned.some((w) => this.committedOf(w) !== this.nextOf(w) && this.nextOf(w) > 0);
  }

  get isDrained(): boolean {
    return this.assigned.every((w) => this.nextOf(w) >= this.endOf(w));
  }

  views(): PartitionView[] {
    return this.assigned.map((where) => ({
      ...where,
      state: 'running' as const,
      reason: '',
      first: this.book.ledger.fold(where.topic, where.partition).position.first,
      position: this.nextOf(where),
      committed: this.committedOf(where),
      end: this.endOf(where),
      waitingSince: 0,
    }));
  }
}

function keyOf({ topic, partition }: Where): string {
  return `${topic}/${partition}`;
}
