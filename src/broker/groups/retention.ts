import type { Coordinator } from './coordinator.ts';
import { forgetGroup } from './delete.ts';
import { forgetOffsets } from './delete-offsets.ts';
import type { CommittedOffset, Group } from './group.ts';
import { subscribedTopics } from './subscription.ts';

/**
 * Forgets offsets whose time has come, and then groups with nothing left. An empty consumer group's offsets age together,
 * from the moment it became empty; those that a living group reads never do. Source: KIP-211.
 */
export function expireOffsets(coordinator: Coordinator): void {
  for (const group of [...coordinator.groups.values()]) {
    const doomed = expired(coordinator, group);
    if (doomed.length > 0) coordinator.log('info', `group ${group.id}: ${doomed.length} offsets expired`);
    forgetOffsets(coordinator, group, doomed);
    if (group.state === 'Empty' && group.offsets.size === 0 && group.pending.size === 0)
      forgetGroup(coordinator, group);
  }
}

function expired(coordinator: Coordinator, group: Group): { topic: string; partition: number }[] {
  const now = coordinator.clock.now();
  const reading = group.members.size > 0 ? subscribedTopics(group) : new Set<string>();
  if (!reading) return [];
  return [...group.offsets]
    .filter(([topic]) => !reading.has(topic))
    .flatMap(([topic, partitions]) =>
      [...partitions]
        .filter(([, committed]) => dueAt(coordinator, group, committed) <= now)
        .map(([partition]) => ({ topic, partition })),
    );
}

function dueAt({ settings }: Coordinator, group: Group, committed: CommittedOffset): number {
  if (committed.expiresAt !== undefined) return committed.expiresAt;
  const consumers = group.protocolType !== null && group.state === 'Empty';
  const from = consumers ? Math.max(group.since, committed.committedAt) : committed.committedAt;
  return from + settings.offsetRetentionMs;
}
