/** A header of a record; names may repeat. */
export type RecordHeader = { name: string; value: Buffer | null };

/**
 * A record as read: `timestamp` in milliseconds since 1970. `key`, `value` and header values are views of the whole
 * fetched answer: who keeps one keeps up to a megabyte, so copy or decode what is to stay.
 */
export type ConsumedRecord = {
  offset: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: readonly RecordHeader[];
};

/** What all records without headers share. */
export const NO_HEADERS: readonly RecordHeader[] = [];
