import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/engine/event.ts';
import { foreignMembers } from '../../src/engine/foreign-members.ts';
import type { GroupLag } from '../../src/engine/lag/group-lag.ts';
import type { State } from '../../src/engine/state.ts';
import { atRest, inventoryDigest, worker } from '../ui/states.ts';

function member(memberId: string, clientId: string): GroupLag['members'][number] {
  return { memberId, clientId, host: '/10.0.0.7', assignment: [] };
}

/** One worker that has told its member id and one that is on its way, and the members that the coordinator knows. */
function joiningBeside(...members: GroupLag['members']): State {
  const state = atRest();
  const id = state.pipeline.groups.inventory;
  const workers = {
    'inventory/1': worker('inventory/1', { digest: inventoryDigest('inventory/1', [0], { memberId: 'first' }) }),
    'inventory/2': worker('inventory/2', { digest: null }),
  };
  return { ...state, workers, groups: { ...state.groups, [id]: { ...(state.groups[id] as GroupLag), members } } };
}

const names = (state: State) => foreignMembers(state, 'inventory').map(({ memberId }) => memberId);

describe('members of other programs', () => {
  test('are those whose ids no worker of ours has or had', () => {
    const state = joiningBeside(member('first', 'lunchrush-inventory-1'), member('theirs', 'billing'));
    expect(names(state)).toEqual(['theirs']);
    const joined = { type: 'group-joined', slot: 'inventory/1', memberId: 'before', generation: 1 } as const;
    const log: Event[] = [{ ...joined, assigned: [], at: 0 }];
    expect(names({ ...joiningBeside(member('before', 'x')), log })).toEqual([]);
  });

  test('are not taken for ours by client id, but while a worker of ours is joining', () => {
    const newest = member('not-told-yet', 'lunchrush-inventory-2');
    expect(names(joiningBeside(newest))).toEqual([]);
    const other = member('second-program', 'lunchrush-inventory-1');
    expect(names(joiningBeside(newest, other))).toEqual(['second-program']);
  });
});
