import type { ConsumedRecord } from '../../kafka/record.ts';

/** A record as it is shown: bytes as text where they are text, else as hex digits after `0x`. */
export type ShownRecord = {
  topic: string;
  partition: number;
  offset: number;
  timestamp: number;
  key: string | null;
  value: string | null;
  headers: Record<string, string | null>;
};

/** Characters of a value on one line. */
const WIDTH = 200;

function text(bytes: Buffer | null): string | null {
  if (bytes === null) return null;
  const read = bytes.toString('utf8');
  return read.includes('\ufffd') ? `0x${bytes.toString('hex')}` : read;
}

/** Copies what is shown out of the fetched answer. */
export function shownRecord(topic: string, partition: number, record: ConsumedRecord): ShownRecord {
  const { offset, timestamp, key, value } = record;
  const headers = Object.fromEntries(record.headers.map((header) => [header.name, text(header.value)]));
  return { topic, partition, offset, timestamp, key: text(key), value: text(value), headers };
}

/** An instant as people read it, in UTC. */
export function instant(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').slice(0, 23);
}

/** One record on one line; control characters are shown, not sent to a terminal. */
export function printRecord({ topic, partition, offset, timestamp, key, value }: ShownRecord): string {
  const short = value !== null && value.length > WIDTH ? `${value.slice(0, WIDTH)}…` : value;
  return `${topic}/${partition}@${offset}  ${instant(timestamp)}  ${visible(key)}  ${visible(short)}`;
}

function visible(shown: string | null): string {
  if (shown === null) return 'null';
  return [...shown].map((char) => (isControl(char) ? JSON.stringify(char).slice(1, -1) : char)).join('');
}

function isControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code < 32 || (code >= 127 && code < 160);
}
