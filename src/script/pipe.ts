import type { Out } from './out.ts';
import type { Interruption } from './signals.ts';

/** Fires when nobody reads this stream any more, as in `… | head`: then a run ends quietly. */
export function closedPipe(out: Out): AbortSignal {
  const controller = new AbortController();
  out.on?.('error', () => controller.abort({ name: 'EPIPE', exit: 0 } satisfies Interruption));
  return controller.signal;
}
