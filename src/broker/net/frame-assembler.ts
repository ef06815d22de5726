import { MalformedError } from '../protocol/malformed.ts';

const LENGTH_BYTES = 4;

/** Decides when a frame of `size` bytes may be taken in; calls `granted` now or later. */
export type Admit = (size: number, granted: () => void) => void;

/**
 * Cuts the bytes of one connection into frames: a 32-bit length, then that many bytes. A frame that lies within one chunk
 * is a view of it; a longer one gets a buffer of its own once it is admitted, so that an announcement alone takes no memory.
 */
export class FrameAssembler {
  private readonly maxFrame: number;
  private readonly admit: Admit;
  private rest: Buffer = Buffer.alloc(0);
  private frame: Buffer | undefined;
  private filled = 0;
  private waiting = false;

  constructor(maxFrame: number, admit: Admit) {
    this.maxFrame = maxFrame;
    this.admit = admit;
  }

  /** True while a long frame waits to be admitted: the socket should be paused. */
  get isWaiting(): boolean {
    return this.waiting;
  }

  /** True between the first byte of a frame and its last. */
  get isWithinFrame(): boolean {
    return this.frame !== undefined || this.rest.length > 0;
  }

  /** Takes bytes of the socket in. */
  push(chunk: Buffer): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
  }

  /** The next whole frame without its length, or undefined until more bytes come. Throws MalformedError on a bad length. */
  next(): Buffer | undefined {
    if (this.waiting) return undefined;
    if (this.frame) return this.fill(this.frame);
    if (this.rest.length < LENGTH_BYTES) return undefined;
    const size = this.rest.readInt32BE(0);
    if (size < 8 || size > this.maxFrame) {
      throw new MalformedError(`a frame of ${size} bytes; from 8 to ${this.maxFrame} are taken`);
    }
    if (this.rest.length >= LENGTH_BYTES + size) return this.cut(size);
    this.begin(size);
    return this.waiting || !this.frame ? undefined : this.fill(this.frame);
  }

  private cut(size: number): Buffer {
    const frame = this.rest.subarray(LENGTH_BYTES, LENGTH_BYTES + size);
    this.rest = this.rest.subarray(LENGTH_BYTES + size);
    return frame;
  }

  private begin(size: number): void {
    this.rest = this.rest.subarray(LENGTH_BYTES);
    this.waiting = true;
    this.admit(size, () => {
      this.waiting = false;
      this.frame = Buffer.allocUnsafeSlow(size);
      this.filled = 0;
    });
  }

  private fill(frame: Buffer): Buffer | undefined {
    const taken = this.rest.copy(frame, this.filled);
    this.filled += taken;
    this.rest = this.rest.subarray(taken);
    if (this.filled < frame.length) return undefined;
    this.frame = undefined;
    return frame;
  }
}
