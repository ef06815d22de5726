import { createHistogram } from 'node:perf_hooks';

/** How the process fares that runs engine and doors; its worker threads share processor, memory and start. */
export type ProcessReading = {
  startedAt: number;
  cpuSeconds: { user: number; system: number };
  residentBytes: number;
  /** Of the main thread alone. */
  heapUsedBytes: number;
  /** How late timers of the main thread came, of the last seconds; null before anything was measured. */
  loopDelay: { p50: number; p99: number; max: number } | null;
};

export type ProcessWatch = { read(now: number): ProcessReading; close(): void };

/** How often a timer asks how late it is, ms. Node's own monitor counts the waiting in, and is blind after each reset. */
const PROBE_MS = 20;

/** What stretch a reading of the loop covers at least, ms: two scrapers do not take it from each other. */
const STRETCH_MS = 5_000;

/** Watches this process from now on. */
export function watchProcess(startedAt: number): ProcessWatch {
  const late = createHistogram();
  let probedAt = performance.now();
  const probe = setInterval(() => {
    const now = performance.now();
    late.record(Math.max(1, Math.round((now - probedAt - PROBE_MS) * 1e6)));
    probedAt = now;
  }, PROBE_MS).unref();
  let loopDelay: ProcessReading['loopDelay'] = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const readLoop = (now: number) => {
    if (now - readAt < STRETCH_MS || late.count === 0) return;
    loopDelay = { p50: late.percentile(50) / 1e9, p99: late.percentile(99) / 1e9, max: late.max / 1e9 };
    readAt = now;
    late.reset();
  };
  return {
    read(now) {
      readLoop(now);
      const { user, system } = process.cpuUsage();
      return {
        startedAt,
        cpuSeconds: { user: user / 1e6, system: system / 1e6 },
        residentBytes: process.memoryUsage.rss(),
        heapUsedBytes: process.memoryUsage().heapUsed,
        loopDelay,
      };
    },
    close: () => clearInterval(probe),
  };
}
