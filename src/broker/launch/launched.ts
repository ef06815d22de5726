import type { PortWish } from '../choose-port.ts';
import type { LeaseAnswer, Notice } from '../control/messages.ts';
import { LaunchError } from '../launch-error.ts';
import type { Exit } from './child.ts';
import { type Contact, type ReachOptions, reach } from './reach.ts';

const HOST = '127.0.0.1';

/** Of a broker that somebody else started, the exit code is theirs to know. */
const NOTHING_KNOWN: Exit = { code: null, signal: null };

/** How a broker ended. `asked`: somebody wanted it to. Attached ones tell neither code nor signal. */
export type BrokerExit = { code: number | null; signal: string | null; asked: boolean };

/** A broker process seen from outside. The fields tell of the present one: a restart changes them. */
export type Launched = {
  /** Bootstrap address. */
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  readonly startId: string;
  readonly clusterId: string;
  /** Whether it ran already. */
  readonly attached: boolean;
  /** A sentence, when the broker listens on another port than the usual one. */
  readonly portNote: string | undefined;
  /** Takes the right to run the pipeline, or says whose it is. Kept over a restart if it is free then. */
  lease(): Promise<LeaseAnswer>;
  /** Calls `listener` whenever the broker has ended; returns the way to take it off. */
  onExit(listener: (exit: BrokerExit) => void): () => void;
  /** Ends the broker cleanly, whoever else is attached. */
  stop(): Promise<void>;
  /** Ends it as a crash would; its exit is told as unasked. */
  kill(): Promise<void>;
  /** Ends it if it runs, and starts it again on its port, or attaches to whoever did so already. */
  restart(): Promise<void>;
  /** Lets go: the broker ends if nobody else is attached, and then this waits for its end. */
  close(): Promise<void>;
};

/** What stays the same over restarts. */
export type LaunchedOptions = Omit<ReachOptions, 'wish' | 'onNotice'> & {
  onLog: (notice: Notice & { notice: 'log' }) => void;
};

/** Attaches or starts, and keeps the line. */
export async function openLaunched(options: LaunchedOptions, wish: PortWish): Promise<Launched> {
  const launched = new LaunchedBroker(options);
  await launched.open(wish);
  return launched;
}

class LaunchedBroker implements Launched {
  readonly #options: LaunchedOptions;
  readonly #listeners = new Set<(exit: BrokerExit) => void>();
  #contact: Contact | undefined;
  #ended: Promise<void> = Promise.resolve();
  #restarting: Promise<void> | undefined;
  #isUp = false;
  #isClosed = false;
  #asked = false;
  #wantsLease = false;

  constructor(options: LaunchedOptions) {
    this.#options = options;
  }

  get address() {
    return `${HOST}:${this.port}`;
  }
  get port() {
    return this.#now.attached.port;
  }
  get pid() {
    return this.#now.attached.pid;
  }
  get startId() {
    return this.#now.attached.startId;
  }
  get clusterId() {
    return this.#now.attached.clusterId;
  }
  get attached() {
    return this.#now.child === undefined;
  }
  get portNote() {
    return this.#now.attached.portNote;
  }

  get #now(): Contact {
    if (!this.#contact) throw new Error('no broker was reached yet');
    return this.#contact;
  }

  /** Reaches a broker by the wish and watches over it. */
  async open(wish: PortWish) {
    this.#asked = false;
    const { entry, dataDir } = this.#options;
    this.#contact = await reach({ entry, dataDir, wish, onNotice: (notice) => this.#hear(notice) });
    this.#contact.child?.hold(false);
    this.#isUp = true;
    this.#ended = this.#watch(this.#contact);
  }

  async lease() {
    this.#wantsLease = true;
    return this.#now.line.ask<'lease'>({ ask: 'lease' });
  }

  onExit(listener: (exit: BrokerExit) => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async stop() {
    this.#asked = true;
    await this.#now.line.ask<'stop'>({ ask: 'stop' }).catch(() => {});
    await this.#ended;
  }

  async kill() {
    // The process id of one that has ended may be somebody else's by now.
    if (this.#isUp) process.kill(this.pid, 'SIGKILL');
    await this.#ended;
  }

  restart() {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #restart() {
    if (this.#isClosed) throw new LaunchError('failed', 'this program has let go of the broker');
    await this.stop();
    await this.open({ port: this.port });
    if (this.#wantsLease) await this.lease();
  }

  async close() {
    this.#isClosed = true;
    await this.#restarting?.catch(() => {});
    this.#asked = true;
    const { line } = this.#now;
    const said = await line.ask<'bye'>({ ask: 'bye' }).catch(() => ({ staying: false }));
    if (said.staying) line.hangUp();
    else await this.#ended;
    this.#listeners.clear();
  }

  #hear(notice: Notice) {
    if (notice.notice === 'ending') this.#asked = true;
    else this.#options.onLog(notice);
  }

  async #watch({ line, child }: Contact) {
    await line.gone;
    this.#isUp = false;
    child?.hold(true);
    const exit = (await child?.exited) ?? NOTHING_KNOWN;
    for (const listener of this.#listeners) listener({ ...exit, asked: this.#asked });
  }
}
