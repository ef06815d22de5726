import type { OutRecord } from './partition-producer.ts';
import type { ConsumedRecord } from './record.ts';

/** Where a record that could not be used came from, who read it, and why not: a code and a sentence. */
export type DeadLetterOrigin = {
  topic: string;
  partition: number;
  record: ConsumedRecord;
  groupId: string;
  reason: string;
  sentence: string;
};

/** What a dead letter says about its record. */
export type DeadLetter = {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  groupId: string;
  reason: string;
  sentence: string;
};

const PREFIX = 'kafka_dlt-';
const REASON = 'x-reason';

/**
 * The record for the dead-letter topic, to be sent to the same partition number: key and value as they were, original
 * headers kept (of one that repeats the last), and Spring's headers around them. Spring writes numbers as big-endian bytes; here all are text.
 * Names: https://docs.spring.io/spring-kafka/api/org/springframework/kafka/support/KafkaHeaders.html
 */
export function toDeadLetter(origin: DeadLetterOrigin, now: number): OutRecord {
  const { topic, partition, record, groupId, reason, sentence } = origin;
  const headers = new Map<string, string | Buffer>();
  for (const { name, value } of record.headers) headers.set(name, value ?? '');
  const written: Record<string, string | number> = {
    'original-topic': topic,
    'original-partition': partition,
    'original-offset': record.offset,
    'original-timestamp': record.timestamp,
    'original-timestamp-type': 'CreateTime',
    'original-consumer-group': groupId,
    'exception-fqcn': reason,
    'exception-message': sentence,
  };
  for (const [name, value] of Object.entries(written)) headers.set(PREFIX + name, String(value));
  headers.set(REASON, reason);
  return { key: record.key, value: record.value, headers: Object.fromEntries(headers), timestamp: now };
}

/** Reads a dead letter back, ours or Spring's; undefined if the record carries no origin. */
export function readDeadLetter(record: ConsumedRecord): DeadLetter | undefined {
  const bytes = (name: string) => record.headers.findLast((header) => header.name === name)?.value ?? undefined;
  const text = (name: string) => bytes(PREFIX + name)?.toString() ?? '';
  const number = (name: string) => readNumber(bytes(PREFIX + name));
  const topic = text('original-topic');
  if (topic === '') return undefined;
  return {
    topic,
    partition: number('original-partition'),
    offset: number('original-offset'),
    timestamp: number('original-timestamp'),
    groupId: text('original-consumer-group'),
    reason: bytes(REASON)?.toString() ?? text('exception-fqcn'),
    sentence: text('exception-message'),
  };
}

/** Digits as text, or the 4 or 8 bytes of Java's int and long; -1 where there is neither. */
function readNumber(bytes: Buffer | undefined): number {
  if (bytes === undefined) return -1;
  const text = bytes.toString('latin1');
  if (/^-?\d+$/.test(text)) return Number(text);
  if (bytes.length === 4) return bytes.readInt32BE();
  return bytes.length === 8 ? Number(bytes.readBigInt64BE()) : -1;
}

/** Names the record that a resubmitted one is another try of: `topic/partition@offset`. */
const RESUBMITS = 'x-resubmits';

/**
 * The record of a dead letter for its original partition: key and value as they were, headers without those that made it
 * a dead letter, and one that names the record it stands for, so that the log itself says what was sent again.
 */
export function toResubmission(letter: DeadLetter, record: ConsumedRecord, now: number): OutRecord {
  const headers: Record<string, string | Buffer> = {};
  for (const { name, value } of record.headers) {
    if (!name.startsWith(PREFIX) && name !== REASON) headers[name] = value ?? '';
  }
  headers[RESUBMITS] = `${letter.topic}/${letter.partition}@${letter.offset}`;
  return { key: record.key, value: record.value, headers, timestamp: now };
}

/** The offset that a record of `topic`/`partition` resubmits, or undefined if it is none of its resubmissions. */
export function resubmittedBy(record: ConsumedRecord, topic: string, partition: number): number | undefined {
  if (record.headers.length === 0) return undefined;
  const written = record.headers.findLast(({ name }) => name === RESUBMITS)?.value?.toString() ?? '';
  const where = `${topic}/${partition}@`;
  return written.startsWith(where) ? readNumber(Buffer.from(written.slice(where.length))) : undefined;
}
