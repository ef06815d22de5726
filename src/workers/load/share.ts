/** Stands in for the number of records when only time bounds a load: shares are then exact over any million. */
const UNBOUNDED = 1_000_000;

/** Picks an exact share of a sequence, evenly spread: of `total` indexes, exactly round(share × total) are picked. */
export function evenly(share: number, total: number | undefined): (index: number) => boolean {
  const of = total ?? UNBOUNDED;
  const picked = Math.round(share * of);
  return (index) => {
    const i = index % of;
    return Math.floor(((i + 1) * picked) / of) > Math.floor((i * picked) / of);
  };
}
