import { faultOfCode, SendDoubt } from '../../../src/kafka/errors.ts';
import type { OutRecord, PartitionProducer } from '../../../src/kafka/partition-producer.ts';
import { OutcomesFold } from '../../../src/orders/outcomes-fold.ts';
import type { Commit } from '../../../src/workers/inventory/start-offset.ts';
import { Tenure } from '../../../src/workers/inventory/tenure.ts';
import { Turnstile } from '../../../src/workers/inventory/turnstile.ts';
import { createFakeWorld, seeded, settle } from '../fake-world.ts';
import { createHome } from '../homes.ts';
import { MemoryCluster } from '../memory-cluster.ts';
import { nonsense, order, TOPICS } from '../orders.ts';

/** A worker that holds the partition, or believes so. A dead one runs no more code: nothing ever answers it. */
type Member = {
  tenure: Tenure;
  fold: OutcomesFold;
  generation: number;
  position: number;
  isHeld: boolean;
  isDead: boolean;
};

/** Something under way on the network; the schedule decides when, and how it goes. */
type Flight = { arrive(): void };

/** How the network treats one send. */
const FATES = ['delivered', 'delivered', 'delivered', 'request lost', 'answer lost', 'late'] as const;

/**
 * One partition under a seeded schedule: orders come, members fetch, decide, send and commit; members are replaced while
 * they go on, crash, lose answers, and what they sent arrives late.
 */
export class Simulation {
  readonly cluster = new MemoryCluster();
  readonly #world;
  readonly #random: () => number;
  #members: Member[] = [];
  #flights: Flight[] = [];
  #committed: Commit = { offset: -1, metadata: '' };
  #generation = 0;
  #placed = 0;
  /** From here on the network loses nothing. */
  #isCalm = false;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#world = createFakeWorld({ random: this.#random });
    this.#assign(undefined);
  }

  /** Lets chance rule for some steps, then one member alone, on a sound network, until all is decided. */
  async run(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      this.#pick([
        [4, () => this.#place()],
        [6, () => this.#fetch()],
        [10, () => this.#land()],
        [2, () => this.#commit()],
        [1, () => this.#replace()],
      ])();
      await settle();
      if (this.#chance(0.15)) await this.#world.elapse(this.#int(300));
    }
    await this.#comeToRest();
  }

  get orders() {
    return this.cluster.log(TOPICS.orders);
  }

  get output() {
    return this.cluster.log(TOPICS.inventoryEvents);
  }

  /** What the last member has to say of its partition. */
  get view() {
    return this.#members.at(-1)?.tenure.view();
  }

  async #comeToRest(): Promise<void> {
    this.#isCalm = true;
    for (const member of this.#members) member.isDead = true;
    this.#assign(undefined);
    for (let i = 0; i < 400; i++) {
      while (this.#flights.length > 0) {
        this.#land();
        await settle();
      }
      this.#fetch();
      await this.#world.elapse(50);
      const view = this.view;
      if (view?.state === 'running' && view.position === this.orders.high && this.#flights.length === 0) return;
    }
  }

  #place(): void {
    for (let n = this.#int(6); n > 0; n--) {
      const isOld = this.#placed > 0 && this.#chance(0.2);
      const id = `o-${isOld ? this.#int(this.#placed) : this.#placed++}`;
      this.orders.append([this.#chance(0.1) ? nonsense() : order(id)]);
    }
  }

  #fetch(): void {
    for (const member of this.#members) {
      if (member.isDead || member.isHeld || this.#chance(0.3)) continue;
      const records = this.orders.from(member.position, 1 + this.#int(5));
      if (records.length === 0) continue;
      member.position = (records.at(-1)?.offset ?? 0) + 1;
      member.tenure.take(records, this.orders.high);
    }
  }

  #land(): void {
    const [flight] = this.#flights.splice(this.#int(this.#flights.length), 1);
    flight?.arrive();
  }

  /** Every member believes that it may commit; the coordinator takes the newest generation's alone. */
  #commit(): void {
    for (const { tenure, generation, isDead } of this.#members) {
      const due = isDead ? undefined : tenure.due(this.#world.now() + 60_000);
      if (!due || generation !== this.#generation || this.#chance(0.2)) continue;
      this.#committed = due;
      if (this.#chance(0.8)) tenure.committedTo(due);
    }
  }

  /** A new generation: after a crash, in the same thread, or elsewhere while the old member knows nothing of it. */
  #replace(): void {
    const old = this.#members.at(-1);
    this.#pick([
      [
        1,
        () => {
          if (old) old.isDead = true;
          this.#assign(undefined);
        },
      ],
      [
        1,
        () => {
          old?.tenure.end();
          this.#assign(old?.isDead ? undefined : old?.fold);
        },
      ],
      [2, () => this.#assign(undefined)],
    ])();
  }

  #assign(inherited: OutcomesFold | undefined): void {
    const fold = inherited ?? new OutcomesFold({ ordersTopic: TOPICS.orders, partition: 0, journal: false });
    const knobs = { revision: 1, failRate: this.#random(), throttleMs: 0 };
    const member = { fold, generation: ++this.#generation, position: 0, isHeld: true, isDead: false };
    const alive = () => !held.isDead;
    const held: Member = Object.assign(member, {
      tenure: new Tenure({
        home: createHome(this.#world),
        partition: 0,
        reader: this.cluster.reader(() => this.#wire(alive)),
        fold,
        turnstile: new Turnstile(this.#world, () => 0),
        knobs: () => knobs,
        mayDecide: alive,
        committed: this.#committed,
        open: (topic) => this.#producer(topic, alive),
        seek: (offset) => void Object.assign(member, { position: offset }),
        holdFetch: () => void Object.assign(member, { isHeld: true }),
        releaseFetch: () => void Object.assign(member, { isHeld: false }),
        counted() {},
        moved() {},
        doubted() {},
      }),
    });
    this.#members = [...this.#members.filter((m) => !m.isDead).slice(-3), held];
  }

  /** A question takes its time; the dead are never answered. */
  #wire(alive: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#flights.push({ arrive: () => alive() && resolve() });
    });
  }

  /** Sends as the Kafka room does: a producer that was in doubt or closed gives nothing new to the network. */
  #producer(topic: string, alive: () => boolean): PartitionProducer {
    const log = this.cluster.log(topic);
    let isShut = false;
    const send = (records: readonly OutRecord[], signal?: AbortSignal) =>
      new Promise<{ baseOffset: number }>((resolve, reject) => {
        const settled = (end: () => void) => {
          signal?.removeEventListener('abort', doubt);
          if (alive()) end();
        };
        const doubt = () => {
          isShut = true;
          settled(() => reject(new SendDoubt(faultOfCode(7, topic))));
        };
        if (isShut || !alive()) return doubt();
        signal?.addEventListener('abort', doubt);
        const fate = this.#isCalm ? 'delivered' : (FATES[this.#int(FATES.length)] ?? 'delivered');
        const arrive = {
          delivered: () => {
            const baseOffset = log.append(records);
            this.#flights.push({ arrive: () => settled(() => resolve({ baseOffset })) });
          },
          'request lost': doubt,
          'answer lost': () => {
            log.append(records);
            this.#flights.push({ arrive: doubt });
          },
          late: () => {
            doubt();
            this.#flights.push({ arrive: () => void log.append(records) });
          },
        }[fate];
        this.#flights.push({ arrive });
      });
    return {
      send,
      async close() {
        isShut = true;
      },
    };
  }

  #int(below: number): number {
    return Math.floor(this.#random() * below);
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick(weighted: [number, () => void][]): () => void {
    let at = this.#random() * weighted.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, act] of weighted) {
      at -= weight;
      if (at < 0) return act;
    }
    return () => {};
  }
}
