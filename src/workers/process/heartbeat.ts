import type { Digest, PartitionView } from '../messages.ts';

/** Records between a position and the end that was last seen; 0 where none was seen yet. */
function lagOf({ position, end }: PartitionView): number {
  return Math.max(0, end - position);
}

function partition(view: PartitionView) {
  const { topic, partition, state, reason, position, committed } = view;
  return { topic, partition, state, ...(reason ? { reason } : {}), position, committed, lag: lagOf(view) };
}

/** What each kind says of its work. */
function workOf(digest: Digest): object {
  if (digest.kind === 'inventory') {
    const { reserved, failed, duplicates, deadLettered, doubts } = digest;
    return { reserved, failed, duplicates, deadLettered, doubts };
  }
  if (digest.kind === 'analytics') {
    const { total_orders, total_reservations, failed_reservations } = digest.totals;
    return { total_orders, total_reservations, failed_reservations, digest: digest.digest };
  }
  const { run, phase, asked, produced, errors, unknown, achieved } = digest;
  return { run, phase, asked, produced, errors, unknown, achieved: Math.round(achieved) };
}

/** A digest as a line of the log: where the worker stands, how far it is behind, and what it has done. */
export function heartbeatOf(digest: Digest): { sentence: string; fields: object } {
  const { state, waitsFor, memberId, generation, heapBytes, partitions } = digest;
  const lag = partitions.reduce((sum, view) => sum + lagOf(view), 0);
  const holds = partitions.length === 1 ? '1 partition' : `${partitions.length} partitions`;
  const sentence =
    digest.kind === 'load'
      ? `${digest.phase}, ${digest.produced.toLocaleString('en')} records acknowledged`
      : `${state}, ${holds}, ${lag.toLocaleString('en')} records behind${waitsFor ? `, waits for ${waitsFor}` : ''}`;
  const member = memberId ? { memberId, generation } : {};
  const fields = {
    state,
    ...(waitsFor ? { waitsFor } : {}),
    ...member,
    lag,
    partitions: partitions.map(partition),
    ...workOf(digest),
    heapBytes,
  };
  return { sentence, fields };
}
