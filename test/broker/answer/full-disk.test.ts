import { expect, test } from 'vitest';
import { type OpenFile, openLogFile } from '../../../src/broker/log/log-file.ts';
import { APIS } from '../../../src/broker/protocol/apis/table.ts';
import { batchOf } from '../batch-of.ts';
import { fetchFrom, produceTo, withTopic } from '../start-broker.ts';

test('on a full disk produce and create are told so by error 56, and what is there can still be read', async () => {
  let isFull = false;
  const openFile: OpenFile = (path) => {
    const full = () => {
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    full();
    const file = openLogFile(path);
    return {
      ...file,
      write: (bytes, position) => {
        full();
        file.write(bytes, position);
      },
    };
  };
  const { client, said } = await withTopic(1, { openFile });
  await produceTo(client, batchOf());
  isFull = true;
  expect(await produceTo(client, batchOf())).toMatchObject({ errorCode: 56 });
  const wish = { name: 'u', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  const { topics } = await client.ask(APIS.createTopics, 4, { topics: [wish], timeoutMs: 1000 });
  expect(topics).toMatchObject([{ errorCode: 56, errorMessage: expect.stringContaining('ENOSPC') }]);
  expect((await client.ask(APIS.metadata, 1, { topics: null })).topics.map(({ name }) => name)).toEqual(['t']);
  expect(await fetchFrom(client, [0])).toMatchObject([{ errorCode: 0, highWatermark: 1 }]);
  expect(said.join()).toContain('read-only');
});
