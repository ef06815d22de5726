import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Catalog, newTopic } from '../../../src/broker/topics/catalog.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { createFakeClock } from '../fake-clock.ts';

function openCatalog(dataDir: string): Catalog {
  return new Catalog({ dataDir, clock: createFakeClock(), log: () => {}, reached: () => {} });
}

describe('after a kill', () => {
  test('cluster id, topics, configs and log starts are as they were', () => {
    const dataDir = temporaryFolder();
    const before = openCatalog(dataDir);
    const topic = newTopic('t', 3, { 'retention.ms': '5' });
    before.put(topic);
    before.put(newTopic('gone', 1, {}));
    before.setLogStart(topic.id, 1, 42);
    const gone = before.get('gone');
    if (gone) before.delete(gone);
    const after = openCatalog(dataDir);
    expect(after.clusterId).toBe(before.clusterId);
    expect(after.all()).toEqual([topic]);
    expect([after.logStart(topic.id, 0), after.logStart(topic.id, 1)]).toEqual([0, 42]);
  });

  test('an entry that was torn is as if it had never been', () => {
    const dataDir = temporaryFolder();
    openCatalog(dataDir).put(newTopic('t', 1, {}));
    appendFileSync(join(dataDir, 'meta.log'), Buffer.from([0, 0, 1, 0, 5]));
    const after = openCatalog(dataDir);
    expect(after.all()).toHaveLength(1);
    after.put(newTopic('u', 1, {}));
    expect(openCatalog(dataDir).all()).toHaveLength(2);
  });

  test('no producer id is given out again', () => {
    const dataDir = temporaryFolder();
    const ids = Array.from({ length: 3 }, () => openCatalog(dataDir).takeProducerId());
    expect(new Set(ids).size).toBe(3);
  });
});

test('a topic that is created again has another id, and no log start of the old one', () => {
  const catalog = openCatalog(temporaryFolder());
  const first = newTopic('t', 1, {});
  catalog.put(first);
  catalog.setLogStart(first.id, 0, 9);
  catalog.delete(first);
  catalog.put(newTopic('t', 1, {}));
  expect(catalog.get('t')?.id).not.toBe(first.id);
  expect(catalog.logStart(first.id, 0)).toBe(0);
});
