import type { Codec } from './codec.ts';
import { compactLength, int16Length, int32Length, type Length } from './lengths.ts';
import type { WireType } from './schema.ts';

type ScalarType = Exclude<WireType, 'list'>;

const bool: Codec<boolean> = { read: (reader) => reader.bool(), write: (writer, value) => writer.bool(value) };
const int8: Codec<number> = { read: (reader) => reader.int8(), write: (writer, value) => writer.int8(value) };
const int16: Codec<number> = { read: (reader) => reader.int16(), write: (writer, value) => writer.int16(value) };
const int32: Codec<number> = { read: (reader) => reader.int32(), write: (writer, value) => writer.int32(value) };
const int64: Codec<number> = { read: (reader) => reader.int64(), write: (writer, value) => writer.int64(value) };
const uuid: Codec<string> = {
  read: (reader) => reader.view(16).toString('base64url'),
  write: (writer, value) => writer.raw(Buffer.from(value, 'base64url')),
};

function text(length: Length): Codec<string | null> {
  return {
    read: (reader) => {
      const size = length.read(reader);
      return size < 0 ? null : reader.utf8(size);
    },
    write: (writer, value) => {
      if (value === null) return length.write(writer, -1);
      const size = Buffer.byteLength(value);
      length.write(writer, size);
      writer.utf8(value, size);
    },
  };
}

function blob(length: Length): Codec<Buffer | null> {
  return {
    read: (reader) => {
      const size = length.read(reader);
      return size < 0 ? null : reader.view(size);
    },
    write: (writer, value) => {
      if (value === null) return length.write(writer, -1);
      length.write(writer, value.length);
      writer.raw(value);
    },
  };
}

const fixed = { bool, int8, int16, int32, int64, uuid };

/** Codecs of the wire types before flexible versions. */
export const PLAIN: Record<ScalarType, Codec> = { ...fixed, string: text(int16Length), bytes: blob(int32Length) };

/** Codecs of the wire types in flexible versions. */
export const COMPACT: Record<ScalarType, Codec> = { ...fixed, string: text(compactLength), bytes: blob(compactLength) };
