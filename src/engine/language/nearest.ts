/**
 * Edit distance where a swap of two neighbours counts as one (optimal string alignment): what a typo costs.
 * https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
 */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** The known word that was most likely meant: one that begins with what is written, or is a few typos away. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const word = written.toLowerCase().replaceAll('_', '-');
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, far: farness(word, candidate.toLowerCase().replaceAll('_', '-')) }))
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far);
  return ranked[0]?.candidate;
}

function farness(word: string, candidate: string): number {
  const far = distance(word, candidate);
  return word.length > 2 && candidate.startsWith(word) ? Math.min(far, 1) : far;
}

/** `; did you mean "load"?`, or nothing where no known word is near. */
export function meant(written: string, known: readonly string[]): string {
  const word = nearest(written, known);
  return word === undefined ? '' : `; did you mean "${word}"?`;
}
