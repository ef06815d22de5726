import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineMeans } from '../../src/state/files.ts';
import { createMembers } from '../../src/state/members.ts';
import { temporaryFolder } from './folder.ts';

describe('members', () => {
  test('are remembered over a restart until they are forgotten', async () => {
    const folder = temporaryFolder();
    const first = { slot: 'inventory/1', group: 'inventory-service-group', memberId: 'inv-1-ab/../c' };
    const second = { ...first, memberId: 'inv-1-AB/../c' };
    const members = createMembers({ folder, means: machineMeans });
    await members.remember(first);
    await members.remember(second);
    await members.remember(first);
    const again = createMembers({ folder, means: machineMeans });
    expect(await again.list()).toHaveLength(2);
    expect(await again.list()).toEqual(expect.arrayContaining([first, second]));
    await again.forget(first.memberId);
    await again.forget(first.memberId);
    expect(await again.list()).toEqual([second]);
  });

  test('a half-written one names nobody', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.member'), '{"slot":"inventory/1"');
    writeFileSync(join(folder, 'b.member'), '{"slot":1}');
    writeFileSync(join(folder, 'other.txt'), '');
    expect(await createMembers({ folder, means: machineMeans }).list()).toEqual([]);
  });
});
