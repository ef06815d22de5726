import { pauseFor, type World } from '../world.ts';

/** A timer's slop that a throttled worker may catch up, ms. */
const SLOP_MS = 5;

/**
 * Lets one order pass every `throttleMs`, whatever partition it is of: the pause one worker makes per order. A turn of
 * the knob reaches those who wait.
 */
export class Turnstile {
  readonly #world: World;
  readonly #throttleMs: () => number;
  #passedAt = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #turned = new AbortController();

  constructor(world: World, throttleMs: () => number) {
    this.#world = world;
    this.#throttleMs = throttleMs;
  }

  get isOpen(): boolean {
    return this.#throttleMs() === 0;
  }

  /** Tells those who wait that the throttle is another one. */
  turned(): void {
    this.#turned.abort();
    this.#turned = new AbortController();
  }

  /** Resolves when one more order may pass, first come first served; false when the signal ended the wait. */
  pass(signal: AbortSignal): Promise<boolean> {
    const passed = this.#queue.then(() => this.#wait(signal));
    this.#queue = passed;
    return passed;
  }

  async #wait(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      if (signal.aborted) return false;
      const due = this.#passedAt + this.#throttleMs();
      const now = this.#world.now();
      if (due <= now) {
        this.#passedAt = Math.max(due, now - SLOP_MS);
        return true;
      }
      await pauseFor(this.#world, due - now, AbortSignal.any([signal, this.#turned.signal]));
    }
  }
}
