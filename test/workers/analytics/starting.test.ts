import { describe, expect, test } from 'vitest';
import { createAnalytics } from '../../../src/workers/analytics/worker.ts';
import type { Birth } from '../../../src/workers/messages.ts';
import { createFakeWorld } from '../fake-world.ts';

const birth: Birth = {
  slot: 'analytics/1',
  incarnation: 2,
  connection: { brokers: ['127.0.0.1:1'], clientId: 'test' },
  topics: { orders: 'orders', inventoryEvents: 'inventory-events', deadLetters: 'orders-dlt' },
  partitions: 3,
  groupId: 'analytics-group',
  stateDir: '/nowhere',
  watchOnly: false,
  paused: false,
  knobs: { revision: 0, failRate: 0, throttleMs: 0 },
};

function create() {
  const told: string[] = [];
  const world = createFakeWorld();
  const body = createAnalytics({
    birth,
    world,
    tell: ({ type }) => told.push(type),
    joinedAs: () => {},
    fail: (error) => {
      throw error;
    },
  });
  return { told, body };
}

describe('analytics before its book is open', () => {
  test('has no numbers to tell, even when it is stopped: the last ones stay on show', async () => {
    const { body } = create();
    expect(body.digest().state).toBe('starting');
    body.pause?.();
    expect(body.digest().state).toBe('starting');
    await body.stop();
    expect(body.digest().state).toBe('starting');
  });

  test('takes pause and resume', () => {
    const { body, told } = create();
    body.pause?.();
    body.resume?.();
    expect(told).toEqual(['worker-paused', 'worker-resumed']);
  });

  test('refuses a replay for now', async () => {
    const { body } = create();
    const asked = body.ask?.({ type: 'settle-replay', how: 'undo' });
    await expect(asked).rejects.toMatchObject({ code: 'COMMAND_REFUSED', message: 'analytics is still starting' });
  });
});
