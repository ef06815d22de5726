import type { AuditReader } from '../../src/audit/reader.ts';

/** A record of a log in memory. */
export type LogRecord = { topic: string; partition: number; offset: number; value: Buffer | null };

/** A reader of a log in memory; `lows` are what retention has left of `topic/partition`. Gives a few records at a time. */
export function readerOf(log: readonly LogRecord[], lows: Record<string, number> = {}): AuditReader {
  const of = (topic: string, partition: number) =>
    log.filter((one) => one.topic === topic && one.partition === partition);
  return {
    async watermarks(topic, partitions) {
      return new Map(
        partitions.map((partition) => {
          const high = (of(topic, partition).at(-1)?.offset ?? -1) + 1;
          return [partition, { low: lows[`${topic}/${partition}`] ?? 0, high }];
        }),
      );
    },
    async *read(topic, partition, { from, to }) {
      const records = of(topic, partition).filter(({ offset }) => offset >= from && offset < to);
      for (let at = 0; at < records.length; at += 7) yield records.slice(at, at + 7);
    },
  };
}
