import type { Home } from '../../src/workers/host.ts';
import type { Birth, WorkerFact } from '../../src/workers/messages.ts';
import type { World } from '../../src/workers/world.ts';
import { TOPICS } from './orders.ts';

/** What a worker of these tests is born with. */
export function createBirth(changed: Partial<Birth> = {}): Birth {
  return {
    slot: 'inventory/1',
    incarnation: 1,
    connection: { brokers: ['127.0.0.1:1'], clientId: 'test' },
    topics: TOPICS,
    partitions: 1,
    groupId: 'inventory-service-group',
    knobs: { revision: 1, failRate: 0, throttleMs: 0 },
    paused: false,
    stateDir: '',
    watchOnly: false,
    ...changed,
  };
}

/** A home that remembers what it was told. */
export type ToldHome = Home & { facts: WorkerFact[]; failures: unknown[]; of(type: WorkerFact['type']): WorkerFact[] };

export function createHome(world: World, changed: Partial<Birth> = {}): ToldHome {
  const facts: WorkerFact[] = [];
  const failures: unknown[] = [];
  return {
    birth: createBirth(changed),
    world,
    tell: (fact) => void facts.push(fact),
    joinedAs() {},
    fail: (error) => void failures.push(error),
    facts,
    failures,
    of: (type) => facts.filter((f) => f.type === type),
  };
}
