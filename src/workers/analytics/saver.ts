import { isCommitDue } from '../commit-clock.ts';
import { atMost } from '../world.ts';
import type { Desk } from './desk.ts';

const LOOK_EVERY_MS = 25;
/** How long a stop waits for its last save and commit, ms. */
const LAST_COMMIT_MS = 2_000;

export type Saver = {
  /** Something moved: look until all is saved and committed. */
  wake(): void;
  /** Saves and commits now, whatever the time. Rejects when the disk or the coordinator refuses. */
  saveNow(): Promise<void>;
  /** Does something else to the book in its turn: no two hands write at once. */
  inTurn(work: () => Promise<void>): Promise<void>;
  /** Saves and commits what is left, and looks no more. */
  close(): Promise<void>;
};

/** First the snapshot, then the commit: a committed offset never runs ahead of what a restart would restore. One at a time. */
export function createSaver(desk: Desk): Saver {
  const { world, birth, fail } = desk.home;
  let cancel: (() => void) | undefined;
  let savedAt = 0;
  let last: Promise<unknown> = Promise.resolve();

  const save = async (): Promise<void> => {
    savedAt = world.now();
    const offsets = desk.assigned.map((where) => ({ ...where, offset: desk.nextOf(where), metadata: 'lunchrush' }));
    if (desk.replay) await desk.book.drainSecond(desk.replay.second);
    else await desk.book.save(null);
    world.reached('snapshot-saved');
    const due = offsets.filter((o) => o.offset > 0 || desk.committedOf(o) > 0);
    if (due.length === 0 || birth.watchOnly) return;
    await desk.source.commit(due);
    for (const { topic, partition, offset } of due) desk.noteCommitted({ topic, partition }, offset);
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  const isDue = () =>
    desk.isDirty &&
    isCommitDue(
      { isCommitted: false, isDrained: desk.isDrained, movedAt: desk.movedAt, committedAt: savedAt },
      world.now(),
    );
  const look = async (): Promise<void> => {
    cancel = undefined;
    if (isDue()) await inTurn(save).catch(giveUpIfLocal);
    if (desk.isDirty) wake();
  };
  // The coordinator's refusals pass: it is asked again when due. A disk that refuses would lose ids: begin again from the last snapshot.
  const giveUpIfLocal = (error: unknown) => {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') fail(error);
  };
  const wake = () => {
    cancel ??= world.setTimer(LOOK_EVERY_MS, () => void look());
  };

  return {
    wake,
    saveNow: () => inTurn(save),
    inTurn,
    async close() {
      cancel?.();
      cancel = () => {};
      // The snapshot is on disk in any case; a broker that is away must not hold up the stop.
      await atMost(
        world,
        LAST_COMMIT_MS,
        inTurn(save).catch(() => {}),
      );
    },
  };
}
