/** A record as the reader gives it; it may carry more. */
export type AuditRecord = { offset: number; value: Buffer | null };

/** The first offset still there, and the first not yet there. */
export type Watermarks = { low: number; high: number };

/** The part of a group-less reader that the audit needs; src/kafka/partition-reader.ts has it. */
export type AuditReader = {
  watermarks(topic: string, partitions: number[]): Promise<Map<number, Watermarks>>;
  /** The records `from` to `to` (exclusive), in order. */
  read(
    topic: string,
    partition: number,
    range: { from: number; to: number; signal?: AbortSignal },
  ): AsyncIterable<readonly AuditRecord[]>;
};
