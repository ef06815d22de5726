/** The first of `total` rows to be shown in `height`, so that the cursor is in sight and stands in the middle if it can. */
export function firstInSight(total: number, cursor: number, height: number): number {
  return Math.max(0, Math.min(total - height, cursor - Math.floor(height / 2)));
}
