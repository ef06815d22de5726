const WORDS = 2 ** 32;

/** Odd, so that its multiples go through all 2^32 values before one comes again; near the golden ratio, so that they spread. */
const STEP = 0x9e3779b1;

/**
 * Makes ids of the form `o-` and 8 hex digits, none of which comes twice in the life of a program: ids drawn at random
 * would meet after some ten thousand, and an order whose id was seen before is dropped as a duplicate.
 * @param random uniform in [0, 1)
 */
export function createOrderIds(random: () => number): () => string {
  let last = Math.floor(random() * WORDS);
  return () => {
    last = (last + STEP) % WORDS;
    return `o-${last.toString(16).padStart(8, '0')}`;
  };
}

/** 32 hex digits by chance: the event id of an order. */
export function newEventId(random: () => number): string {
  let id = '';
  for (let word = 0; word < 4; word++) {
    id += Math.floor(random() * WORDS)
      .toString(16)
      .padStart(8, '0');
  }
  return id;
}
