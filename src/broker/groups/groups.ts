import { randomUUID } from 'node:crypto';
import type { Groups, GroupsOptions } from '../api.ts';
import { type KeyedLogOptions, openKeyedLog } from '../journal/keyed-log.ts';
import { apiTable } from './api-table.ts';
import { type Coordinator, GROUP_SETTINGS, type GroupSettings } from './coordinator.ts';
import { forgetOffsets } from './delete-offsets.ts';
import { dropMember } from './drop-member.ts';
import { restoreGroups } from './restore.ts';
import { expireOffsets } from './retention.ts';
import { extendSessions, renewSession } from './session.ts';
import { watchStalls } from './stall.ts';
import { createGroupStore, type StoredValue } from './store.ts';

/** Version of what `groups.log` and `groups.snap` hold. */
export const GROUPS_FORMAT = 1;

/** What a test may set otherwise. */
export type GroupsTuning = Pick<KeyedLogOptions, 'openFile' | 'foldAtBytes'> & {
  settings?: Partial<GroupSettings>;
  newId?: () => string;
};

type Running = { coordinator: Coordinator; close(): Promise<void> };

/**
 * The group coordinator: the state machine of Kafka's classic groups, their offsets, and both again after a restart. Members
 * of a stable group find it as they left it and have one session to be heard of.
 */
export function createGroups(options: GroupsOptions & GroupsTuning): Groups {
  let running: Running | undefined;
  const coordinator = () => {
    if (!running) throw new Error('the group coordinator has not started');
    return running.coordinator;
  };
  const nowhere = () => ({ nodeId: -1, host: '', port: -1 });
  return {
    apis: apiTable(coordinator, options.address ?? nowhere),
    start() {
      running = open(options);
    },
    async close() {
      await running?.close();
      running = undefined;
    },
    topicDeleted(topic) {
      for (const group of coordinator().groups.values()) {
        const partitions = [...(group.offsets.get(topic)?.keys() ?? [])];
        forgetOffsets(
          coordinator(),
          group,
          partitions.map((partition) => ({ topic, partition })),
        );
      }
    },
  };
}

function open(options: GroupsOptions & GroupsTuning): Running {
  const { clock, log, reached } = options;
  const keyed = openKeyedLog<StoredValue>({ ...options, dir: options.dataDir, name: 'groups', version: GROUPS_FORMAT });
  const coordinator: Coordinator = {
    ...{ clock, log, reached },
    groups: restoreGroups(keyed.entries, clock.now()),
    store: createGroupStore(keyed, log),
    settings: { ...GROUP_SETTINGS, ...options.settings },
    newId: options.newId ?? randomUUID,
    partitionsOf: options.partitionsOf,
    sessionEnded: (group, member) =>
      dropMember(coordinator, group, member, `was silent for its session of ${member.sessionTimeoutMs} ms`),
  };
  const stop = startTimers(coordinator);
  return {
    coordinator,
    close() {
      stop();
      return keyed.close();
    },
  };
}

function startTimers(coordinator: Coordinator): () => void {
  const { clock, groups, settings } = coordinator;
  for (const group of groups.values()) {
    for (const member of group.members.values()) renewSession(coordinator, group, member);
  }
  const stopStalls = watchStalls(clock, (ms) => extendSessions(groups.values(), ms));
  let cancelExpiry: () => void = () => {};
  const expireLater = () => {
    cancelExpiry = clock.setTimer(settings.retentionCheckMs, () => {
      expireOffsets(coordinator);
      expireLater();
    });
  };
  expireLater();
  return () => {
    stopStalls();
    cancelExpiry();
    cancelGroupTimers(coordinator);
  };
}

function cancelGroupTimers({ groups }: Coordinator): void {
  for (const group of groups.values()) {
    group.cancelJoinPhase?.();
    group.cancelSyncPhase?.();
    for (const cancel of group.pending.values()) cancel();
    for (const member of group.members.values()) member.cancelSession?.();
  }
}
