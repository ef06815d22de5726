import { remember } from './commit.ts';
import type { CommittedOffset } from './group.ts';
import { createGroup, type Group } from './group.ts';
import { fromRecord, type GroupRecord } from './record.ts';
import type { StoredKey, StoredValue } from './store.ts';

/** Brings the groups back from what the log holds. A group that only ever committed has no record of its own. */
export function restoreGroups(entries: ReadonlyMap<string, StoredValue>, now: number): Map<string, Group> {
  const groups = new Map<string, Group>();
  const rows = [...entries].map(([text, value]) => [JSON.parse(text) as StoredKey, value] as const);
  for (const [[kind, id], value] of rows) {
    if (kind === 'group') groups.set(id, fromRecord(id, value as GroupRecord));
  }
  for (const [[kind, id, topic, partition], value] of rows) {
    if (kind !== 'offset') continue;
    const group = groups.get(id) ?? createGroup(id, now);
    groups.set(id, group);
    remember(group, { topic: topic as string, partition: partition as number, committed: value as CommittedOffset });
  }
  return groups;
}
