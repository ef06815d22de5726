import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** How a length or a count is written; -1 stands for null. */
export type Length = { read(reader: Reader): number; write(writer: Writer, value: number): void };

/** Strings before flexible versions. */
export const int16Length: Length = {
  read: (reader) => reader.int16(),
  write: (writer, value) => writer.int16(value),
};

/** Byte strings and lists before flexible versions. */
export const int32Length: Length = {
  read: (reader) => reader.int32(),
  write: (writer, value) => writer.int32(value),
};

/** KIP-482: everything in flexible versions; one more than the length, so that zero is null. */
export const compactLength: Length = {
  read: (reader) => reader.uvarint() - 1,
  write: (writer, value) => writer.uvarint(value + 1),
};
