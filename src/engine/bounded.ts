import { LunchrushError } from '../errors.ts';
import type { Clock } from './clock.ts';

/** Rejects with COMMAND_FAILED as soon as the signal fires; what the promise does later is of no interest then. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(interrupted());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** What a command that was interrupted rejects with. */
export function interrupted(): LunchrushError {
  return new LunchrushError('COMMAND_FAILED', 'interrupted before it was done');
}

/** Throws when the signal has fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}

/** Rejects with TIMED_OUT and that sentence if the promise takes longer than `ms`. */
export function within<T>(clock: Clock, ms: number, promise: Promise<T>, sentence: string): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.setTimer(ms, () => reject(new LunchrushError('TIMED_OUT', sentence)));
    promise.then(resolve, reject).finally(cancel);
  });
}
