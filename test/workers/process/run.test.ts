import { describe, expect, test } from 'vitest';
import { KafkaFault } from '../../../src/kafka/errors.ts';
import type { Body, Home } from '../../../src/workers/host.ts';
import type { Digest, FromWorker } from '../../../src/workers/messages.ts';
import { runInProcess } from '../../../src/workers/process/run.ts';
import { createFakeWorld, settle } from '../fake-world.ts';
import { createBirth } from '../homes.ts';

/** Runs a body that notes what it is asked for, and hands out its home and all that it tells. */
function running(changed: Partial<Body> = {}) {
  const world = createFakeWorld();
  const heard: FromWorker[] = [];
  const did: string[] = [];
  let home: Home | undefined;
  const body: Body = {
    start: async () => void did.push('start'),
    stop: async () => void did.push('stop'),
    digest: () => ({ kind: 'load', at: world.now() }) as Digest,
    ...changed,
  };
  const parts = { birth: createBirth(), world, hear: (message: FromWorker) => void heard.push(message) };
  const worker = runInProcess((given) => {
    home = given;
    return body;
  }, parts);
  worker.ended.catch(() => {});
  return { world, heard, did, home: home as unknown as Home, worker };
}

describe('a worker in a process', () => {
  test('tells when it is ready, and ends after it was stopped, once, however often it is told to', async () => {
    const { worker, heard, did } = running();
    await settle();
    expect(heard.map(({ type }) => type)).toEqual(['digest', 'ready']);
    worker.stop();
    worker.stop();
    await worker.ended;
    expect(did).toEqual(['start', 'stop']);
  });

  test('ends with what the cluster refuses, as a sentence and not as a fault of ours', async () => {
    const { worker, home, heard } = running();
    await settle();
    const sentence = 'joining group g: we are not allowed to use the group';
    home.fail(new KafkaFault({ code: 30, name: 'GROUP_AUTHORIZATION_FAILED', retriable: false, sentence }));
    await expect(worker.ended).rejects.toMatchObject({
      code: 'KAFKA_REFUSED',
      message: `the cluster refuses: ${sentence}`,
    });
    expect(heard.at(-1)?.type).toBe('failed');
  });

  test('that cannot be started fails', async () => {
    const { worker } = running({ start: () => Promise.reject(new Error('no disk')) });
    await expect(worker.ended).rejects.toMatchObject({ code: 'FAULT', message: 'no disk' });
  });

  test('that does not stop in its time is given up', async () => {
    const { worker, world } = running({ stop: () => new Promise(() => {}) });
    await settle();
    worker.stop();
    await world.elapse(12_000);
    await expect(worker.ended).rejects.toMatchObject({ code: 'WORKER_FAILED' });
  });
});
