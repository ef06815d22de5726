import type { CommittedOffset } from '../groups/group.ts';
import type { StoredKey, StoredValue } from '../groups/store.ts';
import { fewOf } from './found.ts';

/** Groups and their offsets, counted, and which offsets lie beyond what their partition holds. */
export type CheckedGroups = { groups: number; offsets: number; faults: string[] };

/** Compares what groups have committed with where partitions end, by `topic/partition`; others are of deleted topics. */
export function checkCommitted(
  entries: ReadonlyMap<string, StoredValue>,
  ends: ReadonlyMap<string, number>,
): CheckedGroups {
  const groups = new Set<string>();
  const faults: string[] = [];
  let offsets = 0;
  for (const [text, value] of entries) {
    const [kind, group, topic, partition] = JSON.parse(text) as StoredKey;
    groups.add(group);
    if (kind !== 'offset') continue;
    offsets++;
    const where = `${topic}/${partition}`;
    const { offset } = value as CommittedOffset;
    const end = ends.get(where);
    if (end === undefined) faults.push(`${group} has committed ${offset} in ${where}, which is not there`);
    else if (offset > end) faults.push(`${group} has committed ${offset} in ${where}, which ends at ${end}`);
  }
  return { groups: groups.size, offsets, faults: fewOf(faults) };
}
