import type { Worker } from 'node:worker_threads';
import { LunchrushError, readError, type WrittenError } from '../errors.ts';
import { backoffMs, HEALTHY_AFTER_MS } from './backoff.ts';
import { STOP_DEADLINE_MS } from './host.ts';
import type { Answer, Birth, Digest, FromWorker, Question, Slot, ToWorker, WorkerFact } from './messages.ts';
import { spawnThread } from './spawn.ts';
import { createWaiters } from './waiters.ts';
import type { World } from './world.ts';

/** Deaths in a row, the last one by a refusal of the cluster, after which a slot stays down until it is started. */
const REFUSALS = 3;

/** What the supervisor tells of a slot's threads; worker facts and digests pass through it too. */
export type SlotFact =
  | WorkerFact
  | { type: 'digest-arrived'; digest: Digest }
  | { type: 'worker-spawned'; slot: Slot; incarnation: number; why: string }
  | { type: 'worker-ready'; slot: Slot; incarnation: number; forMs: number }
  | {
      type: 'worker-died';
      slot: Slot;
      incarnation: number;
      reason: string;
      error?: WrittenError;
      retryInMs: number | null;
    }
  | { type: 'worker-killed'; slot: Slot; incarnation: number; silent: boolean }
  | { type: 'worker-hung'; slot: Slot; incarnation: number; silentForMs: number }
  | { type: 'worker-stopped'; slot: Slot }
  | { type: 'member-left'; slot: Slot; memberId: string };

export type SlotParts = {
  world: World;
  entry: URL;
  /** What a new thread of this slot is born with, as of now. */
  birth(): Omit<Birth, 'slot' | 'incarnation' | 'paused'>;
  emit(fact: SlotFact): void;
  /** Writes down that this slot's thread is this member, so that even a later program can leave for it. */
  remember(slot: Slot, memberId: string): void;
  /** Forgets a member that has left its group by itself. */
  forget(memberId: string): void;
  /** Leaves the group for a dead member and forgets it. Rejects when the coordinator cannot be asked. */
  leaveFor(slot: Slot, memberId: string): Promise<void>;
};

/** A place for a worker: the thread in it may die and is replaced; the slot, its pauses and its count stay. */
export class SlotKeeper {
  readonly slot: Slot;
  readonly #parts: SlotParts;
  readonly #seen = createWaiters<FromWorker | { type: 'gone' }>();
  #thread: Worker | undefined;
  #incarnation = 0;
  #bornAt = 0;
  #wanted: 'up' | 'down' = 'down';
  #ending: 'stop' | 'kill' | 'silent-kill' | 'hung' | undefined;
  #isReady = false;
  #isPaused = false;
  #deaths = 0;
  #askId = 0;
  #failure: WrittenError | undefined;
  #members = new Set<string>();
  #cancelReplacement = () => {};
  /** Last digest of the living thread, if it sent one. */
  digest: Digest | undefined;
  /** When the living thread last said anything, ms. */
  heardAt = 0;

  constructor(slot: Slot, parts: SlotParts) {
    this.slot = slot;
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#thread !== undefined && this.#ending === undefined;
  }

  get isReady(): boolean {
    return this.isRunning && this.#isReady;
  }

  get isWanted(): boolean {
    return this.#wanted === 'up';
  }

  /** Brings the slot up; resolves when its thread is ready. */
  async start(why: string): Promise<void> {
    this.#wanted = 'up';
    if (this.isReady) return;
    this.#cancelReplacement();
    if (!this.#thread) this.#spawn(why);
    await this.#seen.next((m): m is FromWorker => m.type === 'ready');
  }

  /** Ends the thread cleanly, or from outside when it does not manage in time. */
  async stop(): Promise<void> {
    this.#wanted = 'down';
    this.#cancelReplacement();
    const thread = this.#thread;
    if (!thread) {
      this.#parts.emit({ type: 'worker-stopped', slot: this.slot });
      return this.#seen.fail(new LunchrushError('WORKER_FAILED', `${this.slot} was stopped before it answered`));
    }
    this.#ending = 'stop';
    const gone = this.#gone();
    this.tell({ type: 'stop' });
    const cancel = this.#parts.world.setTimer(STOP_DEADLINE_MS, () => void thread.terminate());
    await gone;
    cancel();
  }

  /** Ends the thread in the middle of whatever it does. */
  async kill(silent: boolean): Promise<void> {
    await this.#terminate(silent ? 'silent-kill' : 'kill');
  }

  /** Ends a thread that has been silent for too long. */
  async endHung(silentForMs: number): Promise<void> {
    this.#parts.emit({ type: 'worker-hung', slot: this.slot, incarnation: this.#incarnation, silentForMs });
    await this.#terminate('hung');
  }

  async pause(): Promise<void> {
    this.#isPaused = true;
    await this.#tellAndSee({ type: 'pause' }, 'worker-paused');
  }

  async resume(): Promise<void> {
    this.#isPaused = false;
    await this.#tellAndSee({ type: 'resume' }, 'worker-resumed');
  }

  /** Asks the living thread; rejects with its error, or when it dies first. */
  async ask(question: Question): Promise<Answer> {
    this.#living();
    this.#askId += 1;
    const id = this.#askId;
    const answered = this.#seen.next(
      (m): m is Extract<FromWorker, { type: 'answer' | 'refusal' }> =>
        (m.type === 'answer' || m.type === 'refusal') && m.id === id,
    );
    this.tell({ type: 'ask', id, question });
    const reply = await answered;
    if (reply.type === 'refusal') throw readError(reply.error);
    return reply.answer;
  }

  /** Resolves with the next fact of a type; rejects when the thread dies first. */
  async nextFact(type: WorkerFact['type']): Promise<void> {
    await this.#seen.next((m): m is FromWorker => m.type === 'fact' && m.fact.type === type);
  }

  /** Resolves with the next digest for which `holds`; at once when the last one does. */
  async untilDigest(holds: (digest: Digest) => boolean): Promise<void> {
    if (this.digest && holds(this.digest)) return;
    await this.#seen.next((m): m is FromWorker => m.type === 'digest' && holds(m.digest));
  }

  /** Posts to the living thread, if there is one. */
  tell(message: ToWorker): void {
    this.#thread?.postMessage(message);
  }

  async #tellAndSee(message: ToWorker, type: WorkerFact['type']): Promise<void> {
    this.#living();
    const seen = this.nextFact(type);
    this.tell(message);
    await seen;
  }

  #living(): Worker {
    if (this.#thread && !this.#ending) return this.#thread;
    const fix = this.#wanted === 'down' ? `start ${this.slot}` : 'wait until it has been replaced';
    throw new LunchrushError('COMMAND_REFUSED', `${this.slot} is not running`, { fix });
  }

  async #terminate(how: 'kill' | 'silent-kill' | 'hung'): Promise<void> {
    const thread = this.#living();
    this.#ending = how;
    const gone = this.#gone();
    void thread.terminate();
    await gone;
  }

  #gone(): Promise<unknown> {
    return this.#seen.next((m): m is { type: 'gone' } => m.type === 'gone');
  }

  #spawn(why: string): void {
    const { world, entry, birth, emit } = this.#parts;
    this.#incarnation += 1;
    this.#bornAt = world.now();
    this.heardAt = this.#bornAt;
    this.digest = undefined;
    this.#failure = undefined;
    this.#ending = undefined;
    this.#isReady = false;
    const born = birth();
    const thread = spawnThread(entry, {
      ...born,
      // Every tool that lists the group then shows which worker a member is.
      connection: { ...born.connection, clientId: `${born.connection.clientId}-${this.slot.replace('/', '-')}` },
      slot: this.slot,
      incarnation: this.#incarnation,
      paused: this.#isPaused,
    });
    this.#thread = thread;
    emit({ type: 'worker-spawned', slot: this.slot, incarnation: this.#incarnation, why });
    thread.on('message', (message: FromWorker) => this.#hear(message));
    thread.on('error', (error) => {
      this.#failure ??= { code: 'WORKER_FAILED', message: error.message, fix: '', cause: error.stack ?? '' };
    });
    thread.once('exit', (code) => this.#bury(code));
    for (const stream of ['stdout', 'stderr'] as const) {
      thread[stream].setEncoding('utf8');
      thread[stream].on('data', (text: string) => emit({ type: 'output-printed', slot: this.slot, stream, text }));
    }
  }

  #hear(message: FromWorker): void {
    const { world, emit, remember } = this.#parts;
    this.heardAt = world.now();
    if (message.type === 'fact') emit(message.fact);
    if (message.type === 'failed') this.#failure = message.error;
    if (message.type === 'digest') {
      this.digest = message.digest;
      emit({ type: 'digest-arrived', digest: message.digest });
    }
    if (message.type === 'member') {
      this.#members.add(message.memberId);
      remember(this.slot, message.memberId);
    }
    if (message.type === 'ready') {
      this.#isReady = true;
      emit({
        type: 'worker-ready',
        slot: this.slot,
        incarnation: this.#incarnation,
        forMs: world.now() - this.#bornAt,
      });
    }
    this.#seen.show(message);
  }

  #bury(code: number): void {
    const ending = this.#ending;
    this.#thread = undefined;
    this.#ending = undefined;
    this.#isReady = false;
    this.digest = undefined;
    // One that had to be ended has not left by itself.
    if (ending === 'stop' && code === 0) for (const memberId of this.#members) this.#parts.forget(memberId);
    else if (ending !== 'silent-kill') this.#leave();
    this.#members.clear();
    if (ending === 'stop') this.#parts.emit({ type: 'worker-stopped', slot: this.slot });
    else this.#replace(ending, code);
    this.#seen.show({ type: 'gone' });
    this.#seen.fail(this.#whyGone());
  }

  /** A refusal of the cluster is told as it is: it says what to do. */
  #whyGone(): LunchrushError {
    if (this.#failure?.code === 'KAFKA_REFUSED') return readError(this.#failure);
    const why = this.#failure ? `: ${this.#failure.message}` : '';
    return new LunchrushError('WORKER_FAILED', `${this.slot} ended before it answered${why}`);
  }

  /** Leaves the group for what the dead thread was, so that nobody waits out its session. */
  #leave(): void {
    for (const memberId of this.#members) {
      this.#parts.leaveFor(this.slot, memberId).then(
        () => this.#parts.emit({ type: 'member-left', slot: this.slot, memberId }),
        () => {
          // The coordinator is away or has forgotten the member: its session ends it, as it would without us.
        },
      );
    }
  }

  #replace(ending: 'kill' | 'silent-kill' | 'hung' | undefined, code: number): void {
    const { world, emit } = this.#parts;
    const { slot } = this;
    const incarnation = this.#incarnation;
    this.#deaths = world.now() - this.#bornAt > HEALTHY_AFTER_MS ? 1 : this.#deaths + 1;
    if (ending === 'kill' || ending === 'silent-kill') {
      emit({ type: 'worker-killed', slot, incarnation, silent: ending === 'silent-kill' });
      this.#deaths = 0;
    }
    // A hiccup of whoever judges users is survived; what is refused again and again waits for a person.
    const isRefused = this.#failure?.code === 'KAFKA_REFUSED' && this.#deaths >= REFUSALS;
    if (isRefused) this.#wanted = 'down';
    const waitMs = isRefused ? null : backoffMs(this.#deaths);
    const why = this.#failure?.message ?? (ending === 'hung' ? 'it hung' : `its thread ended with code ${code}`);
    if (ending === undefined || ending === 'hung') {
      const error = this.#failure === undefined ? {} : { error: this.#failure };
      emit({ type: 'worker-died', slot, incarnation, reason: why, ...error, retryInMs: waitMs });
    }
    if (waitMs === null) return;
    this.#cancelReplacement = world.setTimer(waitMs, () => this.#spawn(`replaces incarnation ${incarnation}`));
  }
}
