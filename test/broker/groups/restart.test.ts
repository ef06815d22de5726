import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../src/broker/journal/frame.ts';
import { type LogFile, openLogFile } from '../../../src/broker/log/log-file.ts';
import { ERRORS } from '../../../src/broker/protocol/errors.ts';
import { memberId, type Stage, type StageOptions, settle, stableGroup, stage } from './stage.ts';

let dataDir: string;
const stages: Stage[] = [];
const open = (options: StageOptions = {}) => {
  const s = stage({ dataDir, ...options });
  stages.push(s);
  return s;
};
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'groups-'));
});
afterEach(async () => {
  for (const s of stages.splice(0)) await s.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const log = () => join(dataDir, 'groups.log');

describe('after a restart', () => {
  test('offsets are as they were committed, although nothing was closed', () => {
    open().commit(42);
    expect(open().committed()).toBe(42);
  });

  test('members go on in their generation with their shares', async () => {
    const { follower, generationId } = await stableGroup(open(), 2);
    const after = open();
    expect(after.describe()).toMatchObject({ groupState: 'Stable', protocolData: 'range' });
    expect(after.heartbeat(follower, generationId)).toBe(ERRORS.NONE);
    expect(after.commit(3, { memberId: follower, generationId })).toBe(ERRORS.NONE);
    const synced = after.sync({ memberId: follower, generationId });
    await settle();
    expect(synced.now?.assignment).toEqual(Buffer.from([1]));
  });

  test('members that do not come back lose their session', async () => {
    const { ids } = await stableGroup(open(), 2);
    const after = open();
    after.clock.advance(10_001);
    expect(after.describe().members.map((m) => m.memberId)).not.toContain(ids[0]);
  });

  test('the next generation is a higher one, also of an empty group', async () => {
    const before = open();
    const { leader, generationId } = await stableGroup(before);
    before.leave([{ memberId: leader, groupInstanceId: null }]);
    const after = open();
    expect(after.describe()).toMatchObject({ groupState: 'Empty', protocolType: 'consumer' });
    expect((await stableGroup(after)).generationId).toBeGreaterThan(generationId);
  });

  test('a rebalance that was under way begins again from the generation before', async () => {
    const before = open();
    const { leader, generationId } = await stableGroup(before);
    before.join({ memberId: await memberId(before) });
    const after = open();
    expect(after.heartbeat(leader, generationId)).toBe(ERRORS.NONE);
  });

  test('static members still own their instance ids', async () => {
    const before = open();
    before.join({ groupInstanceId: 'till' });
    before.clock.advance(1_000);
    before.sync({ memberId: 'till-id1', generationId: 1 });
    const after = open({ newId: () => 'new' });
    const back = after.join({ groupInstanceId: 'till' });
    await settle();
    expect(back.now).toMatchObject({ errorCode: ERRORS.NONE, memberId: 'till-new', generationId: 1 });
    expect(open().heartbeat('till-new', 1, { groupInstanceId: 'till' })).toBe(ERRORS.NONE);
  });

  test('deleted groups and offsets stay deleted', () => {
    const before = open();
    before.commit(1);
    before.commit(2, { groupId: 'h' });
    before.deleteGroup();
    before.groups.topicDeleted('orders');
    const after = open();
    expect([after.committed(), after.committed('orders', 0, 'h')]).toEqual([-1, -1]);
  });

  test('an entry that a crash cut off is dropped, all before it kept', () => {
    const before = open();
    before.commit(1);
    const whole = statSync(log()).size;
    before.commit(2);
    truncateSync(log(), statSync(log()).size - 3);
    const after = open();
    expect(after.committed()).toBe(1);
    expect(statSync(log()).size).toBe(whole);
    expect(after.logged.join()).toMatch(/groups\.log: dropped \d+ bytes/);
    after.commit(3);
    expect(open().committed()).toBe(3);
  });

  test('rubbish at the end is dropped', () => {
    open().commit(1);
    appendFileSync(log(), Buffer.alloc(64, 7));
    expect(open().committed()).toBe(1);
  });
});

describe('the group log', () => {
  test('is folded into a snapshot when it has grown', () => {
    const before = open({ foldAtBytes: 1_000 });
    for (let i = 0; i <= 500; i++) before.commit(i, { partition: i % 3 });
    expect(statSync(log()).size).toBeLessThan(5_000);
    expect(statSync(join(dataDir, 'groups.snap')).size).toBeGreaterThan(0);
    const after = open();
    expect([after.committed('orders', 0), after.committed('orders', 1), after.committed('orders', 2)]).toEqual([
      498, 499, 500,
    ]);
  });

  test.each(['journal.snapshot-written', 'journal.snapshot-renamed'])('loses nothing to a crash at %s', (point) => {
    const before = open({
      foldAtBytes: 1_000,
      reached: (name) => {
        if (name === point) throw new Error('crash');
      },
    });
    let last = -1;
    for (let i = 0; i <= 100; i++) if (before.commit(i) === ERRORS.NONE) last = i;
    expect(last).toBeLessThan(100);
    expect(open().committed()).toBe(last);
  });

  test('that a newer version wrote is not touched', () => {
    writeFileSync(log(), encodeFrame(9, '[]'));
    expect(() => open()).toThrow(/groups\.log cannot be read: format 9 is newer/);
  });

  test('with a damaged snapshot is refused with a sentence', () => {
    writeFileSync(join(dataDir, 'groups.snap'), 'rubbish and more of it');
    expect(() => open()).toThrow(/groups\.snap is damaged at byte 0; move it away/);
  });
});

describe('on a full disk', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  let isFull = false;
  const openFile = (path: string): LogFile => {
    const file = openLogFile(path);
    const write: LogFile['write'] = (bytes, position) => {
      if (isFull) file.write(bytes.subarray(0, 5), position);
      if (isFull) throw full;
      file.write(bytes, position);
    };
    return { ...file, write };
  };
  beforeEach(() => {
    isFull = false;
  });

  test('a commit is refused, said on the log, and nothing half is left', () => {
    const s = open({ openFile });
    s.commit(1);
    const whole = statSync(log()).size;
    isFull = true;
    expect(s.commit(2)).toBe(ERRORS.NOT_COORDINATOR);
    expect(statSync(log()).size).toBe(whole);
    expect(s.committed()).toBe(1);
    expect(s.logged.join()).toContain('error group state could not be stored: ENOSPC');
    isFull = false;
    expect(s.commit(3)).toBe(ERRORS.NONE);
    expect(open().committed()).toBe(3);
  });

  test('an assignment that cannot be stored is not given out', async () => {
    const s = open({ openFile });
    const id = await memberId(s);
    s.join({ memberId: id });
    s.clock.advance(150);
    isFull = true;
    const synced = s.sync({ memberId: id, generationId: 1 });
    await settle();
    expect(synced.now?.errorCode).toBe(ERRORS.NOT_COORDINATOR);
    expect(s.describe().groupState).toBe('PreparingRebalance');
  });
});
