import type { Checkpoints, Digest } from './checkpoints.ts';
import { createLanes } from './hash.ts';
import { hashText, toHex } from './ids.ts';
import type { Fold, Ledger } from './ledger.ts';

/**
 * Where two states part. Between the offsets `from` and `to` (exclusive) of the topic-partition they first differ;
 * `held` and `replayed` are the values of `counter`, which is a counter's name or `ids` for the hash over ids and outcomes.
 */
export type Difference = {
  identical: false;
  counter: string;
  topic: string;
  partition: number;
  from: number;
  to: number;
  held: number | string;
  replayed: number | string;
};

/** Whether two states say the same, and if not, where they part. */
export type Comparison = { identical: true } | Difference;

function print({ a, b }: Digest): string {
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}

/** All that is compared of one fold: counters, next offset, minutes, the hash over ids and outcomes. */
function facts(fold: Fold): Record<string, number | string> {
  const minutes = 'minutes' in fold ? [...fold.minutes.entries()].sort().join(' ') : '';
  return { ...fold.counters(), next: fold.position.next, ids: print(fold.accepted.checkpoints.digest), minutes };
}

const lanes = createLanes();

/** A short digest of a whole state: 16 hex digits over counters, next offsets and hashes of every topic-partition. */
export function digestOf(ledger: Ledger): string {
  const rows = ledger.folds().map(({ topic, partition, fold }) => [topic, partition, facts(fold)]);
  hashText(JSON.stringify(rows), lanes);
  return toHex(lanes).slice(0, 16);
}

function parted(one: Digest, other: Digest): boolean {
  return one.a !== other.a || one.b !== other.b;
}

/** The first pair of neighbouring checkpoints between which two digests part. */
function interval(held: Checkpoints, replayed: Checkpoints): { from: number; to: number } | undefined {
  const stride = Math.max(held.stride, replayed.stride);
  const offsets = [...held.offsets(), ...replayed.offsets()].map((offset) => offset - (offset % stride));
  let from = 0;
  for (const to of [...new Set(offsets)].sort((one, other) => one - other)) {
    if (parted(held.at(to), replayed.at(to))) return { from, to };
    from = to;
  }
  return parted(held.digest, replayed.digest) ? { from, to: Number.POSITIVE_INFINITY } : undefined;
}

function compareFolds(held: Fold, replayed: Fold): Omit<Difference, 'topic' | 'partition'> | undefined {
  const one = facts(held);
  const other = facts(replayed);
  const counter = Object.keys(one).find((name) => one[name] !== other[name]);
  if (counter === undefined) return undefined;
  const end = Math.max(held.position.next, replayed.position.next);
  const start = Math.max(0, Math.min(held.position.first, replayed.position.first));
  const { from, to } = interval(held.accepted.checkpoints, replayed.accepted.checkpoints) ?? { from: start, to: end };
  const values = { held: one[counter] ?? '', replayed: other[counter] ?? '' };
  return { identical: false, counter, from: Math.max(from, start), to: Math.min(to, end), ...values };
}

/** Compares a held state with a replayed one, topic-partition by topic-partition, and names the first difference. */
export function compareStates(held: Ledger, replayed: Ledger): Comparison {
  for (const ledger of [held, replayed]) {
    for (const { topic, partition } of ledger.folds()) {
      const difference = compareFolds(held.fold(topic, partition), replayed.fold(topic, partition));
      if (difference) return { topic, partition, ...difference };
    }
  }
  return { identical: true };
}
