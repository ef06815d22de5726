import { type OpenMetricsContentType, type PrometheusContentType, Registry } from 'prom-client';
import type { Clock } from '../../engine/clock.ts';
import type { Engine } from '../../engine/engine.ts';
import { createMemory } from './memory.ts';
import { watchProcess } from './process.ts';
import { register } from './register.ts';
import type { Answered } from './requests.ts';
import type { Seen } from './row.ts';
import { METRICS } from './table.ts';

/** What a monitoring system is answered. */
export type Exposition = {
  /**
   * All metrics as they stand now, in OpenMetrics where the Accept header of the asker names it, else in Prometheus's
   * own text format.
   */
  read(accept?: string): Promise<{ contentType: string; body: string }>;
  /** Counts a request to a door. */
  answered(request: Answered): void;
  /** Stops listening to the engine. */
  close(): void;
};

/** Joins an engine to the metrics table. Counts what ends from now on, so it is opened with the doors. */
export function createExposition(
  engine: Pick<Engine, 'store' | 'onEvent'>,
  { version, clock }: { version: string; clock: Pick<Clock, 'now'> },
): Exposition {
  const memory = createMemory(engine);
  const watch = watchProcess(clock.now() - process.uptime() * 1000);
  const look = (): Seen => {
    const now = clock.now();
    return { state: engine.store.getState(), memory, process: watch.read(now), version, now };
  };
  let seen = look();
  // A registry of each format: one that is asked for the other keeps its counters renamed.
  const plain = new Registry<PrometheusContentType>();
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const registry of [plain, open]) {
    for (const row of Object.values(METRICS).flat()) register(row, registry, () => seen);
  }
  return {
    async read(accept = '') {
      seen = look();
      const registry = accept.includes('application/openmetrics-text') ? open : plain;
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    answered: memory.requests.answered,
    close() {
      memory.close();
      watch.close();
    },
  };
}
