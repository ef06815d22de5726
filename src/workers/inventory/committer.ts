import type { World } from '../world.ts';
import type { Tenure } from './tenure.ts';

const LOOK_EVERY_MS = 25;

type Offsets = { topic: string; partition: number; offset: number; metadata: string }[];

export type Committer = {
  /** Something moved: look until all is committed. */
  wake(): void;
  /** Commits what is left, and looks no more. */
  close(): Promise<void>;
};

/** Commits what its tenures have behind them, all in one request; asleep while nothing is to be committed. */
export function createCommitter(
  world: World,
  topic: string,
  tenures: () => Tenure[],
  commit: (offsets: Offsets) => Promise<void>,
): Committer {
  let cancel: (() => void) | undefined;
  let isCommitting = false;

  const commitDue = async (now: number): Promise<void> => {
    const due = tenures().flatMap((tenure) => {
      const offset = tenure.due(now);
      return offset ? [{ tenure, topic, partition: tenure.partition, ...offset }] : [];
    });
    if (due.length === 0) return;
    try {
      await commit(due.map(({ partition, offset, metadata }) => ({ topic, partition, offset, metadata })));
      world.reached('offsets-committed');
      for (const { tenure, offset, metadata } of due) tenure.committedTo({ offset, metadata });
    } catch {
      // A commit is a hint: W stands in the output. A rebalance begins anew anyway, all else is tried again when due.
    }
  };
  const look = async (): Promise<void> => {
    cancel = undefined;
    if (!isCommitting) {
      isCommitting = true;
      await commitDue(world.now());
      isCommitting = false;
    }
    if (tenures().some((t) => t.isDirty)) wake();
  };
  const wake = () => {
    cancel ??= world.setTimer(LOOK_EVERY_MS, () => void look());
  };

  return {
    wake,
    async close() {
      cancel?.();
      cancel = () => {};
      await commitDue(Number.POSITIVE_INFINITY);
    },
  };
}
