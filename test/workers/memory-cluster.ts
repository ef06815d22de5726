import type { OutRecord, PartitionProducer } from '../../src/kafka/partition-producer.ts';
import type { PartitionReader, Watermarks } from '../../src/kafka/partition-reader.ts';
import { type ConsumedRecord, NO_HEADERS } from '../../src/kafka/record.ts';

/** One partition in memory: records at rising offsets, of which retention may remove the first ones. */
export class MemoryLog {
  records: ConsumedRecord[] = [];
  low = 0;
  high = 0;

  /** Appends a batch; gives its base offset. */
  append(records: readonly OutRecord[]): number {
    const base = this.high;
    for (const { key, value, timestamp, headers = {} } of records) {
      const written = Object.entries(headers).map(([name, text]) => ({ name, value: toBytes(text) }));
      const own = { key: toBytes(key), value: toBytes(value), timestamp };
      this.records.push({ offset: this.high++, ...own, headers: written.length > 0 ? written : NO_HEADERS });
    }
    return base;
  }

  /** Removes what is below an offset, as retention does. */
  removeBelow(offset: number): void {
    this.low = Math.max(this.low, Math.min(offset, this.high));
    this.records = this.records.filter((r) => r.offset >= this.low);
  }

  /** Removes what is at an offset and behind it, as an unclean leader does. */
  loseFrom(offset: number): void {
    this.high = offset;
    this.records = this.records.filter((r) => r.offset < offset);
  }

  /** The records from an offset on, at most `most` of them. */
  from(offset: number, most = Number.POSITIVE_INFINITY): ConsumedRecord[] {
    return this.records.filter((r) => r.offset >= offset).slice(0, most);
  }
}

function toBytes(text: string | Buffer | null): Buffer | null {
  return typeof text === 'string' ? Buffer.from(text) : text;
}

/** Partitions by topic and number; made when first asked for. */
export class MemoryCluster {
  readonly #logs = new Map<string, MemoryLog>();

  log(topic: string, partition = 0): MemoryLog {
    const name = `${topic}/${partition}`;
    const log = this.#logs.get(name) ?? new MemoryLog();
    this.#logs.set(name, log);
    return log;
  }

  /** A reader of these logs. `wire` is awaited before every answer: a test may delay or reject there. */
  reader(wire: (what: string) => Promise<void> = async () => {}): PartitionReader {
    const log = (topic: string, partition: number) => this.log(topic, partition);
    return {
      partitions: async () => [0],
      async watermarks(topic, partitions) {
        await wire(`watermarks ${topic}`);
        const marks = (p: number): [number, Watermarks] => [p, { low: log(topic, p).low, high: log(topic, p).high }];
        return new Map(partitions.map(marks));
      },
      async offsetsAt(topic, partitions, timestamp) {
        await wire(`offsets ${topic}`);
        const at = (p: number) => log(topic, p).records.find((r) => r.timestamp >= timestamp)?.offset;
        return new Map(partitions.map((p) => [p, at(p) ?? log(topic, p).high]));
      },
      async *read(topic, partition, { from, to, signal }) {
        for (let offset = from; offset < to && !signal?.aborted; ) {
          await wire(`read ${topic}`);
          const records = log(topic, partition)
            .from(offset, 7)
            .filter((r) => r.offset < to);
          const last = records.at(-1);
          if (!last || signal?.aborted) return;
          yield records;
          offset = last.offset + 1;
        }
      },
      async readOne(topic, partition, offset) {
        await wire(`read ${topic}`);
        return log(topic, partition).records.find((r) => r.offset === offset);
      },
      close() {},
    };
  }

  /** A producer that appends at once, or does what `send` does instead. */
  producer(topic: string, partition = 0, send?: PartitionProducer['send']): PartitionProducer {
    const append: PartitionProducer['send'] = async (records) => ({
      baseOffset: this.log(topic, partition).append(records),
    });
    return { send: send ?? append, close: async () => {} };
  }
}
