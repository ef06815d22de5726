import { join } from 'node:path';
import { Ledger, type LedgerTopics } from '../../orders/ledger.ts';
import type { SavedOrders } from '../../orders/orders-fold.ts';
import type { SavedOutcomes } from '../../orders/outcomes-fold.ts';
import type { Means } from '../../state/files.ts';
import { type Journal, openJournal } from '../../state/journal.ts';
import { createSnapshot, newerFormat } from '../../state/snapshot.ts';
import type { ReplayFrom } from '../messages.ts';

/** What a snapshot holds: the plain halves of all folds, and the journal with the position up to which it belongs to them. */
type Saved = {
  orders: Record<string, SavedOrders>;
  outcomes: Record<string, SavedOutcomes>;
  journal: number;
  position: number;
  /** A full replay was under way: it begins again after a crash. */
  replay: ReplayFrom | null;
};

export type BookParts = { folder: string; key: string; topics: LedgerTopics; means: Means };

/** Analytics' state on disk: one snapshot and one journal of accepted ids. A cache of the log, with its offsets. */
export type Book = {
  ledger: Ledger;
  /** Why the ledger begins empty, in words; empty when it does not, or when there was nothing before. */
  lostBecause: string;
  /** The replay that was under way when the last program ended. */
  interrupted: ReplayFrom | null;
  /** Writes down the ledger as it is at the call, together with the replay that is under way. */
  save(replay: ReplayFrom | null): Promise<void>;
  /** Writes what a second ledger accepted so far into a journal of its own, so that memory stays bounded. */
  drainSecond(second: Ledger): Promise<void>;
  /** Makes the second ledger the first, and forgets the old one. */
  swap(second: Ledger): Promise<void>;
  /** Throws the second ledger's journal away. */
  dropSecond(): Promise<void>;
  close(): Promise<void>;
};

const ORDERS = 0;
const OUTCOMES = 1;
const HEAD_BYTES = 8;

/** Opens the state of an earlier run if it is whole and of this cluster, topics and group; else begins an empty one. */
export async function openBook({ folder, key, topics, means }: BookParts): Promise<Book> {
  const snapshot = createSnapshot({ path: join(folder, 'analytics.json'), key, means });
  const journalPath = (n: number) => join(folder, `analytics-${n}.ids`);
  const read = await snapshot.read();
  if ('reason' in read && read.reason === 'newer') throw newerFormat(folder);
  const saved = 'value' in read ? (read.value as Saved) : undefined;
  let number = saved?.journal ?? 0;
  let journal = await openJournal({ path: journalPath(number), means });
  let second: Journal | undefined;
  let ledger = new Ledger(topics);
  const isWhole = saved !== undefined && (await restoreLedger(ledger, saved, journal));
  if (!isWhole) {
    ledger = new Ledger(topics);
    // First the snapshot goes: once the journal grows again, the two would seem to match.
    if (saved) await snapshot.remove();
    await journal.truncateTo(0);
  }
  const hadReason = 'reason' in read && read.reason !== 'absent';

  let last: Promise<void> = Promise.resolve();
  /** A journal takes one call at a time, but saver and replay each have their own hurry. */
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
  const write = async (to: Journal, taken: Buffer[]) => {
    for (const payload of taken) await to.append(payload);
    if (taken.length > 0) await to.sync();
  };
  const openSecond = async () => {
    if (second) return second;
    await means.files.rm(journalPath(number + 1), { force: true });
    second = await openJournal({ path: journalPath(number + 1), means });
    return second;
  };

  return {
    get ledger() {
      return ledger;
    },
    lostBecause: hadReason
      ? `the snapshot is ${read.reason}`
      : saved && !isWhole
        ? 'snapshot and journal do not match'
        : '',
    interrupted: saved?.replay ?? null,
    // What is to be written is taken in one go, at the call: folding goes on while the disk works.
    async save(replay) {
      const taken = takeEntries(ledger);
      const plain = saveFolds(ledger);
      await inTurn(async () => {
        await write(journal, taken);
        await means.reached('journal-synced');
        await snapshot.write({ ...plain, journal: number, position: journal.position, replay } satisfies Saved);
      });
    },
    async drainSecond(from) {
      const taken = takeEntries(from);
      if (taken.length > 0) await inTurn(async () => write(await openSecond(), taken));
    },
    async swap(from) {
      const taken = takeEntries(from);
      const plain = saveFolds(from);
      await inTurn(async () => {
        const next = await openSecond();
        await write(next, taken);
        await snapshot.write({ ...plain, journal: number + 1, position: next.position, replay: null } satisfies Saved);
        await journal.close();
        await means.files.rm(journalPath(number), { force: true });
        [journal, second, ledger] = [next, undefined, from];
        number += 1;
      });
    },
    dropSecond: () =>
      inTurn(async () => {
        if (!second) return;
        await second.close();
        await means.files.rm(journalPath(number + 1), { force: true });
        second = undefined;
      }),
    close: () =>
      inTurn(async () => {
        await journal.close();
        await second?.close();
      }),
  };
}

/** A book without paper: for one that only watches. */
export function memoryBook(topics: LedgerTopics): Book {
  const nothing = async () => {};
  const rest = { save: nothing, drainSecond: nothing, swap: nothing, dropSecond: nothing, close: nothing };
  return { ledger: new Ledger(topics, { journal: false }), lostBecause: '', interrupted: null, ...rest };
}

function saveFolds(ledger: Ledger): Pick<Saved, 'orders' | 'outcomes'> {
  const orders = Object.fromEntries([...ledger.orders].map(([p, fold]) => [p, fold.save()]));
  const outcomes = Object.fromEntries([...ledger.outcomes].map(([p, fold]) => [p, fold.save()]));
  return { orders, outcomes };
}

/** Entries accepted since the last time, each fold's behind a head that says topic and partition. */
function takeEntries(ledger: Ledger): Buffer[] {
  return ledger.folds().flatMap(({ topic, partition, fold }) => {
    const entries = fold.takeJournal();
    if (entries.length === 0) return [];
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(topic === ledger.topics.orders ? ORDERS : OUTCOMES, 0);
    head.writeUInt32LE(partition, 4);
    return [Buffer.concat([head, entries])];
  });
}

/** Fills the ledger from both halves; false if they do not belong together. */
async function restoreLedger(ledger: Ledger, saved: Saved, journal: Journal): Promise<boolean> {
  if (journal.position < saved.position) return false;
  await journal.truncateTo(saved.position);
  // The plain halves first: what they miss, the journal's entries bring.
  for (const [p, plain] of Object.entries(saved.orders)) ledger.ordersFold(Number(p)).restore(plain, []);
  for (const [p, plain] of Object.entries(saved.outcomes)) ledger.outcomesFold(Number(p)).restore(plain, []);
  for await (const payload of journal.readFrom(0)) {
    const partition = payload.readUInt32LE(4);
    const fold = payload.readUInt32LE(0) === ORDERS ? ledger.ordersFold(partition) : ledger.outcomesFold(partition);
    if (!fold.accepted.restore(payload.subarray(HEAD_BYTES))) return false;
  }
  return ledger.folds().every(({ topic, partition, fold }) => {
    const plain = (topic === ledger.topics.orders ? saved.orders : saved.outcomes)[partition];
    return fold.accepted.count === (plain?.accepted ?? 0);
  });
}
