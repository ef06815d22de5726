/** Wakes whoever waits; a ring while nobody does is kept for the next. */
export type Bell = { ring(): void; rung(): Promise<void> };

/** A bell that has not rung. */
export function createBell(): Bell {
  let waiting: (() => void) | undefined;
  let pending = false;
  return {
    ring() {
      if (waiting) waiting();
      else pending = true;
      waiting = undefined;
    },
    async rung() {
      if (!pending) await new Promise<void>((resolve) => (waiting = resolve));
      pending = false;
    },
  };
}
