import type { Socket } from 'node:net';
import type { Clock, ConnectionToken, Log } from '../api.ts';
import { MalformedError } from '../protocol/malformed.ts';
import type { ByteBudget } from './byte-budget.ts';
import type { Answer, Dispatch } from './dispatch.ts';
import { FrameAssembler } from './frame-assembler.ts';
import type { UnsentBytes } from './unsent-bytes.ts';

/** Requests read ahead of the one being answered, per connection. */
const READ_AHEAD = 32;
/** A frame that was admitted must be there within this time; its bytes are reserved for so long. */
const FRAME_PATIENCE_MS = 30_000;

/** What all connections share. */
export type ConnectionOptions = {
  dispatch: Dispatch;
  budget: ByteBudget;
  unsent: UnsentBytes;
  maxFrame: number;
  clock: Clock;
  log: Log;
};

type Pending = { frame: Buffer; release: () => void };

const nothing = () => {};

/** One client: its frames in, its answers out in the same order, its socket paused whenever either side is full. */
export class Connection implements ConnectionToken {
  closed = false;
  private readonly socket: Socket;
  private readonly options: ConnectionOptions;
  private readonly frames: FrameAssembler;
  private readonly pending: Pending[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly host: string;
  private isAnswering = false;
  private release = nothing;
  private cancelPatience = nothing;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.socket = socket;
    this.options = options;
    this.host = `/${socket.remoteAddress ?? '?'}`;
    this.frames = new FrameAssembler(options.maxFrame, (size, granted) => this.admit(size, granted));
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('drain', () => this.work());
    socket.on('error', (error) => options.log('debug', `connection of ${this.host}: ${error.message}`));
    socket.on('close', () => this.end());
  }

  onClose(listener: () => void): () => void {
    if (this.closed) listener();
    else this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hangs up. */
  destroy(): void {
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.frames.push(chunk);
    this.work();
  }

  /** Reserves the bytes of a long frame; the socket stands still until there is room. */
  private admit(size: number, granted: () => void): void {
    let isLater = false;
    this.release = this.options.budget.take(size, () => {
      granted();
      this.cancelPatience = this.options.clock.setTimer(FRAME_PATIENCE_MS, () => this.hangUp('a frame did not end'));
      if (isLater) this.work();
    });
    isLater = true;
  }

  /** Does all that can be done now: cuts frames, answers them, and reads on if there is room. */
  private work(): void {
    try {
      do this.cutFrames();
      while (this.answerPending() > 0);
    } catch (error) {
      this.fail(error);
    }
    this.readOn();
  }

  private canAnswer(): boolean {
    return !this.closed && !this.isAnswering && !this.socket.writableNeedDrain && this.pending.length > 0;
  }

  private cutFrames(): void {
    while (this.pending.length < READ_AHEAD && !this.closed) {
      const frame = this.frames.next();
      if (!frame) return;
      this.pending.push({ frame, release: this.release });
      this.release = nothing;
      this.cancelPatience();
      this.cancelPatience = nothing;
    }
  }

  /** Returns how many were answered or begun: where some were, there is room for more. */
  private answerPending(): number {
    let count = 0;
    for (; this.canAnswer(); count++) {
      const { frame, release } = this.pending.shift() as Pending;
      const answer = this.options.dispatch(frame, this, this.host);
      if (answer instanceof Promise) this.await(answer, release);
      else this.send(answer, release);
    }
    return count;
  }

  private await(answer: Promise<Answer>, release: () => void): void {
    this.isAnswering = true;
    answer
      .then((chunks) => this.send(chunks, release))
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        release();
        this.isAnswering = false;
        this.work();
      });
  }

  private send(chunks: Answer, release: () => void): void {
    release();
    if (!chunks || this.closed) return;
    const { unsent } = this.options;
    const bytes = chunks.reduce((sum, { length }) => sum + length, 0);
    unsent.add(bytes);
    this.socket.cork();
    for (const chunk of chunks) if (chunk !== chunks.at(-1)) this.socket.write(chunk);
    // Called in any case, when the client has taken all or when it is gone.
    this.socket.write(chunks.at(-1) as Buffer, () => unsent.remove(bytes));
    this.socket.uncork();
  }

  private readOn(): void {
    if (this.closed) return;
    const isFull = this.frames.isWaiting || this.pending.length >= READ_AHEAD;
    if (isFull && !this.socket.isPaused()) this.socket.pause();
    else if (!isFull && this.socket.isPaused()) this.socket.resume();
  }

  private fail(error: unknown): void {
    if (error instanceof MalformedError) {
      this.hangUp(error.message);
      return;
    }
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.options.log('error', `a request of ${this.host} failed, its connection is closed: ${words}`);
    this.socket.destroy();
  }

  private hangUp(reason: string): void {
    this.options.log('debug', `connection of ${this.host} closed: ${reason}`);
    this.socket.destroy();
  }

  private end(): void {
    if (this.closed) return;
    this.closed = true;
    this.cancelPatience();
    this.release();
    for (const { release } of this.pending.splice(0)) release();
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }
}
