import type { Clock } from '../engine/clock.ts';
import type { Eye } from './view.ts';

/** How long a sentence above the footer stays, ms. */
const TOAST_MS = 6000;

/** Takes each toast away when it has been there long enough to be read. Returns the way to stop. */
export function expireToasts({ store, see }: Eye, clock: Clock): () => void {
  let cancel = () => {};
  const stop = store.subscribe(({ toast }, { toast: before }) => {
    if (toast === before) return;
    cancel();
    if (toast) cancel = clock.setTimer(TOAST_MS, () => see([{ type: 'toast-gone' }]));
  });
  return () => {
    stop();
    cancel();
  };
}
