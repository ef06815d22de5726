import type { Clock, ConnectionToken } from '../api.ts';
import type { PartitionLog } from '../log/partition-log.ts';

/** When a waiting fetch is over. */
export type Patience = { missing: number; maxWaitMs: number; clock: Clock; connection: ConnectionToken };

/**
 * Resolves when the logs have grown by `missing` bytes together, when one of them changed otherwise (deleted, cut), when the
 * time is over or when the client has gone; takes all its listeners off again.
 */
export function waitForBytes(logs: PartitionLog[], { missing, maxWaitMs, clock, connection }: Patience): Promise<void> {
  return new Promise((resolve) => {
    let left = missing;
    const ends: (() => void)[] = [];
    const finish = () => {
      for (const end of ends.splice(0)) end();
      resolve();
    };
    const grow = (bytes: number) => {
      left -= bytes;
      if (left <= 0) finish();
    };
    ends.push(clock.setTimer(maxWaitMs, finish), connection.onClose(finish));
    for (const log of logs) ends.push(log.onChange(grow));
  });
}
