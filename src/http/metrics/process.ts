import { monitorEventLoopDelay } from 'node:perf_hooks';

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

/** How often the loop is probed, ms. Node counts the waiting itself as delay: it is taken off again. */
const PROBE_MS = 20;

/** What stretch a reading of the loop covers at least, ms: two scrapers do not take it from each other. */
const STRETCH_MS = 5_000;

/** Watches this process from now on. */
export function watchProcess(startedAt: number): ProcessWatch {
  const probe = monitorEventLoopDelay({ resolution: PROBE_MS });
  probe.enable();
  let loopDelay: ProcessReading['loopDelay'] = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - PROBE_MS / 1000);

  const readLoop = (now: number) => {
    if (now - readAt < STRETCH_MS || probe.count === 0) return;
    loopDelay = { p50: seconds(probe.percentile(50)), p99: seconds(probe.percentile(99)), max: seconds(probe.max) };
    readAt = now;
    probe.reset();
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
    close: () => void probe.disable(),
  };
}
