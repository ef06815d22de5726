import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { APIS } from '../../src/broker/protocol/apis/table.ts';
import { temporaryFolder } from '../rig/folder.ts';
import { batchOf } from './batch-of.ts';
import { launchBroker } from './launch/launching.ts';
import { type RawClient, rawClient } from './raw-client.ts';
import { createTopic, fetchFrom, produceTo } from './start-broker.ts';

type Identity = { producerId: number; producerEpoch: number };

function batch(identity: Identity, sequence: number): Buffer {
  return batchOf({ values: [`value ${sequence}`], ...identity, sequence });
}

/** Keeps four requests in flight until the broker is gone; returns the offsets that were acknowledged, by sequence. */
async function produceUntilGone(client: RawClient, identity: Identity, onAcknowledged: (count: number) => void) {
  const acknowledged = new Map<number, number>();
  let next = 0;
  const lane = async () => {
    for (;;) {
      const sequence = next++;
      const { errorCode, baseOffset } = await produceTo(client, batch(identity, sequence));
      if (errorCode !== 0) throw new Error(`error ${errorCode}`);
      acknowledged.set(sequence, baseOffset);
      onAcknowledged(acknowledged.size);
    }
  };
  await Promise.allSettled([lane(), lane(), lane(), lane()]);
  return { acknowledged, sent: next };
}

/** The values from the beginning to the end of partition 0, by their offsets. */
async function valuesOf(client: RawClient): Promise<string[]> {
  const values: string[] = [];
  for (;;) {
    const [partition] = await fetchFrom(client, [values.length]);
    const records = partition?.records ?? Buffer.alloc(0);
    if (records.length === 0) return values;
    for (let at = 0; at < records.length; at += 12 + records.readInt32BE(at + 8)) {
      expect(Number(records.readBigInt64BE(at))).toBe(values.length);
      const end = at + 12 + records.readInt32BE(at + 8);
      values.push(/value \d+/.exec(records.toString('latin1', at + 61, end))?.[0] ?? '?');
    }
  }
}

describe('kill -9 in the middle of a load', () => {
  test.each([40, 300])(
    'after %i acknowledgements loses none of them, and sending again doubles none',
    async (count) => {
      const broker = await launchBroker();
      const client = await rawClient(broker.port);
      await createTopic(client, 't', 1);
      const identity = await client.ask(APIS.initProducerId, 1, { transactionalId: null });
      let killed: Promise<void> | undefined;
      const { acknowledged, sent } = await produceUntilGone(client, identity, (acks) => {
        if (acks === count) killed = broker.kill();
      });
      await killed;
      await broker.restart();

      const again = await rawClient(broker.port);
      const survived = await valuesOf(again);
      for (const [sequence, offset] of acknowledged) expect(survived[offset]).toBe(`value ${sequence}`);
      expect(survived).toEqual(survived.map((_, i) => `value ${i}`));
      for (let sequence = survived.length - 1; sequence < sent; sequence++) {
        expect(await produceTo(again, batch(identity, sequence))).toMatchObject({ errorCode: 0, baseOffset: sequence });
      }
      expect(await valuesOf(again)).toHaveLength(sent);
    },
  );

  test('a torn batch that it left is cut, and the log goes on', async () => {
    const dataDir = temporaryFolder();
    const broker = await launchBroker({ dataDir });
    const client = await rawClient(broker.port);
    await createTopic(client, 't', 1);
    const identity = { producerId: 1, producerEpoch: 0 };
    for (const sequence of [0, 1]) await produceTo(client, batch(identity, sequence));
    await broker.kill();
    const topics = join(dataDir, 'topics');
    const folder = join(topics, readdirSync(topics)[0] as string, '0');
    appendFileSync(join(folder, `${'0'.repeat(20)}.log`), batch(identity, 2).subarray(0, 50));
    await broker.restart();
    const again = await rawClient(broker.port);
    expect(await produceTo(again, batch(identity, 2))).toMatchObject({ errorCode: 0, baseOffset: 2 });
    expect(await valuesOf(again)).toHaveLength(3);
  });
});
