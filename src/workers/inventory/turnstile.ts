import type { World } from '../world.ts';

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
  #waiting: (() => void)[] = [];
  #cancel = () => {};

  constructor(world: World, throttleMs: () => number) {
    this.#world = world;
    this.#throttleMs = throttleMs;
  }

  get isOpen(): boolean {
    return this.#throttleMs() === 0;
  }

  /** Tells those who wait that the throttle is another one. */
  turned(): void {
    this.#look();
  }

  /** Resolves when one more order may pass, first come first served; false when the signal or the time (ms) ended the wait. */
  pass(signal: AbortSignal, withinMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const settle = (passed: boolean) => {
        cancel();
        signal.removeEventListener('abort', leave);
        resolve(passed);
      };
      const admit = () => settle(true);
      const leave = () => {
        this.#waiting = this.#waiting.filter((w) => w !== admit);
        settle(false);
      };
      const cancel = Number.isFinite(withinMs) ? this.#world.setTimer(withinMs, leave) : () => {};
      signal.addEventListener('abort', leave);
      this.#waiting.push(admit);
      this.#look();
    });
  }

  /** Lets pass who may, and looks again when the next one may. */
  #look(): void {
    this.#cancel();
    while (this.#waiting.length > 0) {
      const due = this.#passedAt + this.#throttleMs();
      const now = this.#world.now();
      if (due > now) {
        this.#cancel = this.#world.setTimer(due - now, () => this.#look());
        return;
      }
      this.#passedAt = Math.max(due, now - SLOP_MS);
      this.#waiting.shift()?.();
    }
  }
}
