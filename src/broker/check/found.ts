/** What was found in a part of a data folder. Faults are damage; notes are what a crash leaves and a start puts right. */
export type Found = { faults: string[]; notes: string[] };

/** Faults of one kind that are told one by one; a disk can be damaged in ten thousand places. */
const MOST = 5;

/** Nothing so far. */
export function nothing(): Found {
  return { faults: [], notes: [] };
}

/** The first few faults, and how many more there are. */
export function fewOf(faults: readonly string[]): string[] {
  const more = faults.length - MOST;
  return more > 0 ? [...faults.slice(0, MOST), `and ${more} more`] : [...faults];
}
