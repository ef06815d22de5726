import { LunchrushError } from '../../errors.ts';
import type { FetchedBatch, GroupListener, Jump } from '../../kafka/group/listener.ts';
import { createGroupConsumer } from '../../kafka/group-consumer.ts';
import { createPartitionReader } from '../../kafka/partition-reader.ts';
import { digestOf } from '../../orders/compare.ts';
import { totalsOf } from '../../orders/totals.ts';
import { machineMeans } from '../../state/files.ts';
import type { Body, Home } from '../host.ts';
import type { AnalyticsDigest, Answer, Question } from '../messages.ts';
import { foldLive } from './apply.ts';
import { type Book, memoryBook, openBook } from './book.ts';
import { Desk } from './desk.ts';
import { Latency } from './latency.ts';
import { recognise } from './recognise.ts';
import { Replays } from './replays.ts';
import { createSaver } from './saver.ts';
import type { Source } from './source.ts';
import { createWatch } from './watch.ts';

/** Folds both topics into what the log says, and replays it on demand. */
export function createAnalytics(home: Home): Body {
  const { birth, world } = home;
  const { connection, topics, groupId, slot } = birth;
  const ears = home.log ? { log: home.log } : {};
  const reader = createPartitionReader(connection, ears);
  const nothing = new Latency(0);
  let at: Awaited<ReturnType<typeof open>> | undefined;
  let state: AnalyticsDigest['state'] = 'starting';
  let isPaused = birth.paused;

  const open = async () => {
    const book = await openOwnBook(home);
    const listener: GroupListener = {
      assigned,
      lost,
      heartbeat: () => home.contact?.answered(),
      batch,
      jumped,
      crashed: home.fail,
      trouble: (fault) => home.contact?.trouble(fault),
    };
    const both = [topics.orders, topics.inventoryEvents];
    const watch = birth.watchOnly
      ? createWatch({ world, reader, topics: both, partitions: birth.partitions }, listener)
      : undefined;
    const source: Source =
      watch ??
      createGroupConsumer(connection, { groupId, topics: both, heartbeatIntervalMs: 1_000, ...ears }, listener);
    const desk = new Desk({ home, book, reader, source });
    const saver = createSaver(desk);
    return { book, source, desk, saver, replays: new Replays(desk, saver), interrupted: book.interrupted, watch };
  };
  const here = () => {
    if (!at) throw new LunchrushError('COMMAND_REFUSED', 'analytics is still starting', { fix: 'try again' });
    return at;
  };

  const assigned: GroupListener['assigned'] = ({ memberId, generation, partitions }) => {
    const { desk, replays, interrupted, saver } = here();
    state = 'running';
    desk.assigned = partitions.map(({ topic, partition }) => ({ topic, partition }));
    for (const { topic, partition, committed } of partitions) {
      if (committed) desk.noteCommitted({ topic, partition }, committed.offset);
    }
    desk.goOn();
    // One that reads beside the group has joined nothing.
    if (memberId) {
      home.joinedAs(memberId);
      home.tell({ type: 'group-joined', slot, memberId, generation, assigned: desk.assigned });
    }
    saver.wake();
    if (!interrupted) return;
    here().interrupted = null;
    // A crash in the middle of a full replay: the held state is as it was, and the replay begins again.
    replays.run(interrupted).catch(() => {});
  };
  const lost: GroupListener['lost'] = (reason) => {
    state = 'joining';
    home.tell({ type: 'group-lost', slot, reason });
  };
  const batch = ({ topic, partition, records, expected, highWatermark }: FetchedBatch) => {
    const { desk, replays, saver } = here();
    const where = { topic, partition };
    desk.sawEnd(where, highWatermark);
    if (desk.replay) {
      desk.replay.take(topic, partition, records, expected);
      if (desk.isThrough(where)) desk.source.pause([where]);
      replays.lookAt();
    } else {
      foldLive(desk.book.ledger, { ...where, now: world.now() }, records, desk);
    }
    desk.movedAt = world.now();
    saver.wake();
  };
  /** The partition does not hold what comes next: retention went by, or the topic is another one now. */
  const jumped = ({ topic, partition, from, high }: Jump) => {
    if (from > high) reconsider().catch(home.fail);
    else
      home.tell({
        type: 'state-recomputed',
        slot,
        topic,
        partition,
        reason: `retention has removed records from ${from} on; what was folded stays`,
      });
  };
  const reconsider = async () => {
    const { desk, book, replays } = here();
    if (desk.replay) await replays.settle('cancel');
    desk.source.pause(desk.assigned);
    await forgetStrangers(book, home, reader);
    desk.recent.clear();
    desk.latency.clear();
    desk.goOn();
  };

  return {
    async start() {
      at = await open();
      at.desk.isPaused = isPaused;
      await forgetStrangers(at.book, home, reader);
      state = 'joining';
      at.source.start();
      // One that watches is asked about what is there already: it is ready when it has read that.
      await at.watch?.caughtUp;
    },
    async stop() {
      state = 'stopping';
      if (!at) return;
      await at.saver.close();
      await at.source.stop();
      await at.book.close();
      await reader.close();
    },
    digest(): AnalyticsDigest {
      const desk = at?.desk;
      const held = desk?.assigned.length ?? 0;
      const all = birth.partitions * 2;
      const ledger = at?.book.ledger ?? memoryBook(topics).ledger;
      return {
        kind: 'analytics',
        slot,
        incarnation: birth.incarnation,
        at: world.now(),
        // Before its book is open it has nothing to say, whatever is wanted of it.
        state: !desk ? 'starting' : desk.isPaused ? 'paused' : state,
        waitsFor: desk?.replay?.phase === 'differs' ? 'replay accept or replay undo' : '',
        memberId: at?.source.memberId ?? '',
        generation: at?.source.generation ?? -1,
        heapBytes: process.memoryUsage().heapUsed,
        partitions: desk?.views() ?? [],
        totals: totalsOf(ledger),
        digest: digestOf(ledger),
        watchOnly: birth.watchOnly,
        partialBecause: held > 0 && held < all ? `this member holds ${held} of ${all} partitions` : '',
        latency: (desk?.latency ?? nothing).read(),
        endToEnd: (desk?.latency ?? nothing).buckets(),
        recent: desk?.recent.read() ?? [],
        replay: desk?.replay?.state() ?? null,
      };
    },
    pause() {
      isPaused = true;
      if (at) {
        at.desk.isPaused = true;
        at.source.pause(at.desk.assigned);
      }
      home.tell({ type: 'worker-paused', slot });
    },
    resume() {
      isPaused = false;
      if (at) {
        at.desk.isPaused = false;
        at.desk.goOn();
      }
      home.tell({ type: 'worker-resumed', slot });
    },
    async ask(question: Exclude<Question, { type: 'flush' }>): Promise<Answer> {
      const { desk, replays } = here();
      if (question.type === 'preview-replay') return replays.preview(question.from);
      if (question.type === 'start-replay') return replays.run(question.from);
      if (question.type === 'settle-replay') await replays.settle(question.how);
      if (question.type === 'measure-load') desk.latency.begin(question.run);
      return null;
    },
  };
}

async function openOwnBook(home: Home): Promise<Book> {
  const { topics, stateDir, groupId, watchOnly, slot } = home.birth;
  if (watchOnly) return memoryBook(topics);
  const means = { ...machineMeans, reached: home.world.reached };
  const key = [topics.orders, topics.inventoryEvents, groupId].join(' ');
  const book = await openBook({ folder: stateDir, key, topics, means });
  const reason = book.lostBecause;
  if (reason) home.tell({ type: 'state-recomputed', slot, topic: topics.orders, partition: -1, reason });
  return book;
}

async function forgetStrangers(book: Book, home: Home, reader: Parameters<typeof recognise>[1]): Promise<void> {
  for (const { topic, partition, reason } of await recognise(book.ledger, reader)) {
    book.ledger.forget(topic, partition);
    home.tell({ type: 'state-recomputed', slot: home.birth.slot, topic, partition, reason });
  }
}
