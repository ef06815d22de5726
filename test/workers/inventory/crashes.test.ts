import { describe, expect, test } from 'vitest';
import { TOPICS } from '../orders.ts';
import { orderIds, readOutcomes } from './reference.ts';
import { Simulation } from './simulation.ts';

const RUNS = Number(process.env['CRASH_RUNS'] ?? 600);
const FIRST_SEED = Number(process.env['CRASH_SEED'] ?? 1);

describe('a partition among crashes, zombies and late batches', () => {
  test('every order gets one outcome, none is decided again, and none conflicts', async () => {
    const seen = { redelivered: 0, outcomes: 0 };
    for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      const simulation = new Simulation(seed);
      await simulation.run(60);
      const { accepted, redelivered, repeated, conflicts } = readOutcomes(simulation.output);
      const said = { seed, state: simulation.view?.state, repeated, conflicts, ids: [...accepted.keys()].sort() };
      const ids = [...orderIds(simulation.orders)].sort();
      expect(said).toEqual({ seed, state: 'running', repeated: 0, conflicts: 0, ids });
      const broken = simulation.orders.records.filter((r) => String(r.value) === 'no order').map((r) => r.offset);
      const letters = simulation.cluster.log(TOPICS.deadLetters).records.map((r) => {
        return Number(r.headers.find((h) => h.name === 'kafka_dlt-original-offset')?.value);
      });
      expect([...new Set(letters)].sort((a, b) => a - b)).toEqual(broken);
      seen.redelivered += redelivered;
      seen.outcomes += accepted.size;
    }
    // The schedules are no walk in the park: batches did arrive twice.
    expect(seen.redelivered).toBeGreaterThan(RUNS / 2);
    expect(seen.outcomes).toBeGreaterThan(RUNS * 5);
  });
});
