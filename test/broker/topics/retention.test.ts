import { describe, expect, test } from 'vitest';
import { openLogFile } from '../../../src/broker/log/log-file.ts';
import type { PartitionLog } from '../../../src/broker/log/partition-log.ts';
import { headerAt } from '../../../src/broker/protocol/record-batch.ts';
import { applyRetention } from '../../../src/broker/topics/retention.ts';
import { Topics } from '../../../src/broker/topics/topics.ts';
import { temporaryFolder } from '../../rig/folder.ts';
import { batchOf } from '../batch-of.ts';
import { createFakeClock } from '../fake-clock.ts';

const SIZE = batchOf().length;

/** Topics whose segments hold one batch each. */
function openTopics(): Topics {
  const options = { clock: createFakeClock(), log: () => {}, reached: () => {}, openFile: openLogFile };
  return new Topics(temporaryFolder(), { ...options, segmentBytes: SIZE });
}

function fill(topics: Topics, name: string, timestamps: number[]): PartitionLog {
  const log = topics.log(name, 0);
  if (!log) throw new Error(`no topic ${name}`);
  for (const timestamp of timestamps) {
    const bytes = batchOf({ timestamps: [timestamp] });
    log.append(bytes, headerAt(bytes, 0));
  }
  return log;
}

function retain(topics: Topics, now: number, maxDiskBytes = Number.MAX_SAFE_INTEGER): string[] {
  const said: string[] = [];
  applyRetention(topics, { now, maxDiskBytes, log: (_, message) => said.push(message) });
  return said;
}

describe('retention', () => {
  test('by time drops what is older, the last segment too', () => {
    const topics = openTopics();
    topics.create('t', 1, { 'retention.ms': '100' });
    const log = fill(topics, 't', [1000, 1050, 1200]);
    retain(topics, 1140);
    expect([log.startOffset, log.endOffset]).toEqual([1, 3]);
    retain(topics, 9000);
    expect([log.startOffset, log.endOffset, log.size]).toEqual([3, 3, 0]);
    fill(topics, 't', [9000]);
    expect(log.endOffset).toBe(4);
  });

  test('by size keeps at least what was asked for', () => {
    const topics = openTopics();
    topics.create('t', 1, { 'retention.bytes': String(2 * SIZE) });
    const log = fill(topics, 't', [1, 2, 3, 4, 5]);
    retain(topics, 6);
    expect([log.startOffset, log.size]).toEqual([3, 2 * SIZE]);
  });

  test('without limits drops nothing', () => {
    const topics = openTopics();
    topics.create('t', 1, { 'retention.ms': '-1' });
    const log = fill(topics, 't', [1, 2, 3]);
    retain(topics, Number.MAX_SAFE_INTEGER);
    expect(log.startOffset).toBe(0);
  });

  test('over all topics drops the oldest first, wherever it is, and says so', () => {
    const topics = openTopics();
    topics.create('a', 1, { 'retention.ms': '-1' });
    topics.create('b', 1, { 'retention.ms': '-1' });
    const a = fill(topics, 'a', [1, 5, 9]);
    const b = fill(topics, 'b', [2, 3, 8]);
    const said = retain(topics, 10, 3 * SIZE);
    expect([a.startOffset, b.startOffset]).toEqual([1, 2]);
    expect(said).toHaveLength(3);
    expect(said[0]).toContain('dropped');
  });
});
