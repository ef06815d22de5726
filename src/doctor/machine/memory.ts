import { type Finding, ok, warn } from '../check.ts';
import { bytes } from '../words.ts';

/** In bytes. `limit`: what a container leaves us, where there is one. */
export type Memory = { total: number; available: number; limit?: number; heapLimit: number };

/** Console, broker and three worker threads take about 400 MB; the ids of ten million orders 256 MB more. */
const COMFORTABLE = 768 * 1024 ** 2;

/** Whether there is room for the pipeline and what it remembers. */
export function checkMemory({ total, available, limit, heapLimit }: Memory): Finding {
  const isLimited = limit !== undefined && limit > 0 && limit < total;
  const whole = isLimited ? limit : total;
  const free = Math.min(available, whole);
  const data = { total, available: free, heapLimit, ...(isLimited ? { limit } : {}) };
  const of = isLimited ? `the ${bytes(whole)} that are allowed here` : bytes(whole);
  const found = `${bytes(free)} free of ${of}`;
  if (free >= COMFORTABLE) return ok(found, data);
  return warn(`${found}: little for a pipeline under load`, `leave it at least ${bytes(COMFORTABLE)}`, data);
}
