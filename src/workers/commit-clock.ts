/** A partition is committed when it has been drained for this long, ms. */
const DRAINED_FOR_MS = 50;
/** But not more often than five times a second. */
const SELDOM_MS = 200;
/** And at least this often while it moves. */
const AT_LEAST_EVERY_MS = 2_000;

/** How one partition's position stands to its commit; times in ms. */
export type CommitState = { isCommitted: boolean; isDrained: boolean; movedAt: number; committedAt: number };

/** Whether it is time to commit. */
export function isCommitDue(state: CommitState, now: number): boolean {
  if (state.isCommitted) return false;
  const since = now - state.committedAt;
  if (since >= AT_LEAST_EVERY_MS) return true;
  return state.isDrained && now - state.movedAt >= DRAINED_FOR_MS && since >= SELDOM_MS;
}
