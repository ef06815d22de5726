import type { Log } from '../api.ts';
import type { Change, KeyedLog } from '../journal/keyed-log.ts';
import type { CommittedOffset, Group } from './group.ts';
import { type GroupRecord, toRecord } from './record.ts';

/** A committed offset with its place. */
export type OffsetRow = { topic: string; partition: number; committed: CommittedOffset };

/** What the coordinator remembers across restarts. Each call answers whether it is stored; if not, why is on the log. */
export type GroupStore = {
  /** Generation, members and their shares. */
  saveGroup(group: Group): boolean;
  dropGroup(group: Group): boolean;
  saveOffsets(groupId: string, rows: readonly OffsetRow[]): boolean;
  dropOffsets(groupId: string, partitions: readonly { topic: string; partition: number }[]): boolean;
};

/** What the group log holds per key. */
export type StoredValue = GroupRecord | CommittedOffset;

/** A key of the group log, as its JSON text. */
export type StoredKey = ['group', groupId: string] | ['offset', groupId: string, topic: string, partition: number];

const keyText = (key: StoredKey) => JSON.stringify(key);

/** Keeps groups and offsets in a keyed log. */
export function createGroupStore(keyed: KeyedLog<StoredValue>, log: Log): GroupStore {
  const append = (changes: readonly Change<StoredValue>[]) => {
    try {
      keyed.append(changes);
      return true;
    } catch (error) {
      log('error', `group state could not be stored: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  const offsetKey = (groupId: string, topic: string, partition: number) =>
    keyText(['offset', groupId, topic, partition]);
  return {
    saveGroup: (group) => append([[keyText(['group', group.id]), toRecord(group)]]),
    dropGroup: ({ id, offsets }) =>
      append([
        [keyText(['group', id]), null],
        ...[...offsets].flatMap(([topic, partitions]) =>
          [...partitions.keys()].map((partition) => [offsetKey(id, topic, partition), null] as const),
        ),
      ]),
    saveOffsets: (groupId, rows) =>
      append(rows.map(({ topic, partition, committed }) => [offsetKey(groupId, topic, partition), committed])),
    dropOffsets: (groupId, partitions) =>
      append(partitions.map(({ topic, partition }) => [offsetKey(groupId, topic, partition), null])),
  };
}
