import type { PartitionProducer } from '../../kafka/partition-producer.ts';
import type { PartitionReader } from '../../kafka/partition-reader.ts';
import type { OutcomesFold } from '../../orders/outcomes-fold.ts';
import type { Home } from '../host.ts';
import type { Knobs } from '../messages.ts';
import type { Slice } from './slice.ts';
import type { Commit } from './start-offset.ts';
import type { Turnstile } from './turnstile.ts';

/** What a tenure uses of its worker. */
export type TenureParts = {
  home: Home;
  partition: number;
  reader: PartitionReader;
  /** This thread's fold of the output partition: it outlives the tenure. */
  fold: OutcomesFold;
  turnstile: Turnstile;
  knobs(): Knobs;
  /** False while the worker is paused, rebalancing, or has had no heartbeat for half a session. */
  mayDecide(): boolean;
  /** What the group had committed when the partition was assigned. */
  committed: Commit;
  open(topic: string): PartitionProducer;
  seek(offset: number): void;
  holdFetch(): void;
  releaseFetch(): void;
  /** Counts what was acknowledged. */
  counted(slice: Slice): void;
  /** There is something to commit. */
  moved(): void;
  doubted(): void;
};
