import { load } from './version.ts';

type RequestQueue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
};

/** How soon requests that wait for another answer are looked at again, as in kafkajs. */
const RECHECK_MS = 10;

/**
 * Arms the timer only while requests wait. Stock kafkajs arms it after every answer with a delay of
 * `-1 - Date.now()`, which Node makes 1 ms, for ever: some 900 wake-ups a second and connection, and a
 * TimeoutNegativeWarning since Node 24 (kafkajs issues 1751, 1704, 1556; never merged: 1667, 1755).
 */
export function quietSchedule(this: RequestQueue): void {
  if (this.pending.length === 0 || this.throttleCheckTimeoutId !== null) return;
  const throttledMs = this.throttledUntil - Date.now();
  this.throttleCheckTimeoutId = setTimeout(
    () => {
      this.throttleCheckTimeoutId = null;
      this.checkPendingRequests();
    },
    throttledMs > 0 ? throttledMs : RECHECK_MS,
  );
}

/** Puts the timer right in every request queue to come. */
export function fixRequestQueue(): void {
  const queue = load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue & Record<string, unknown> };
  queue.prototype['scheduleCheckPendingRequests'] = quietSchedule;
}
