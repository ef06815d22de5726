import type { Ledger } from '../../../src/orders/ledger.ts';
import { foldLive } from '../../../src/workers/analytics/apply.ts';
import { type Book, memoryBook } from '../../../src/workers/analytics/book.ts';
import { Desk } from '../../../src/workers/analytics/desk.ts';
import { Replays } from '../../../src/workers/analytics/replays.ts';
import { createSaver } from '../../../src/workers/analytics/saver.ts';
import type { Source } from '../../../src/workers/analytics/source.ts';
import { createFakeWorld, settle } from '../fake-world.ts';
import { createHome } from '../homes.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { TOPICS } from '../orders.ts';

const PARTITIONS = 2;

/** Desk, saver and replays over logs in memory, with a book that keeps no paper but says in which order things came. */
export function createStage(cluster = new MemoryCluster()) {
  const world = createFakeWorld();
  const home = createHome(world, { slot: 'analytics/1', partitions: PARTITIONS });
  const steps: string[] = [];
  const committed = new Map<string, number>();
  const positions = new Map<string, number>();
  const paused = new Set<string>();
  const trouble: { disk?: Error; coordinator?: Error } = {};
  const name = (w: { topic: string; partition: number }) => `${w.topic}/${w.partition}`;

  const paper = memoryBook(TOPICS);
  let { ledger } = paper;
  const write = async (what: string) => {
    await settle();
    if (trouble.disk) throw trouble.disk;
    steps.push(what);
  };
  const book: Book = {
    ...paper,
    get ledger() {
      return ledger;
    },
    save: (replay) => write(replay ? 'save with replay' : 'save'),
    drainSecond: () => write('drain'),
    swap: async (second: Ledger) => {
      await write('swap');
      ledger = second;
    },
    dropSecond: () => write('drop'),
  };
  const source: Source = {
    start() {},
    stop: async () => {},
    seek: (topic, partition, offset) => void positions.set(name({ topic, partition }), offset),
    pause: (all) => {
      for (const w of all) paused.add(name(w));
    },
    resume: (all) => {
      for (const w of all) paused.delete(name(w));
    },
    async commit(offsets) {
      await settle();
      if (trouble.coordinator) throw trouble.coordinator;
      steps.push('commit');
      for (const o of offsets) committed.set(name(o), o.offset);
    },
    memberId: 'member',
    generation: 1,
  };
  const desk = new Desk({ home, book, reader: cluster.reader(), source });
  const saver = createSaver(desk);
  const replays = new Replays(desk, saver);
  desk.assigned = [TOPICS.orders, TOPICS.inventoryEvents].flatMap((topic) =>
    Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition })),
  );
  desk.goOn();

  /** Fetches once from every partition that is not paused, as the worker would fold it. */
  const fetch = (most = 10): boolean => {
    let isMoved = false;
    for (const where of desk.assigned) {
      const log = cluster.log(where.topic, where.partition);
      const records = log.from(positions.get(name(where)) ?? 0, most);
      if (paused.has(name(where)) || records.length === 0) continue;
      isMoved = true;
      positions.set(name(where), (records.at(-1)?.offset ?? 0) + 1);
      desk.sawEnd(where, log.high);
      if (desk.replay) {
        desk.replay.take(where.topic, where.partition, records);
        if (desk.isThrough(where)) source.pause([where]);
        replays.lookAt();
      } else foldLive(ledger, { ...where, now: world.now() }, records, desk);
      desk.movedAt = world.now();
      saver.wake();
    }
    return isMoved;
  };
  const drain = async () => {
    for (let i = 0; i < 500; i++) {
      const isMoved = fetch();
      await world.elapse(5);
      if (!isMoved && !desk.isDirty && i > 5) return;
    }
  };
  const ends = () => Object.fromEntries(desk.assigned.map((w) => [name(w), cluster.log(w.topic, w.partition).high]));
  return { world, home, cluster, desk, saver, replays, steps, committed, trouble, fetch, drain, ends, book };
}
