import type { Codec } from './codec.ts';
import { compactLength, int32Length } from './lengths.ts';
import { MalformedError } from './malformed.ts';
import type { Reader } from './reader.ts';
import { COMPACT, PLAIN } from './scalars.ts';
import type { Field, Struct } from './schema.ts';

/** The version a table is compiled for. */
export type At = { version: number; flexible: boolean };

type Values = Record<string, unknown>;

/** Compiles a struct for one version, so that which fields are there is decided once and not per request. */
export function compileStruct(struct: Struct, at: At): Codec<Values> {
  const fields = Object.entries(struct).map(([name, field]) => ({ name, field, codec: compileField(field, at) }));
  const isThere = (field: Field<unknown>) => at.version >= field.since && at.version <= field.until;
  const there = fields.filter(({ field }) => isThere(field));
  const absent = fields.filter(({ field }) => !isThere(field));
  return {
    read: (reader) => {
      const values: Values = {};
      for (const { name, codec } of there) values[name] = codec.read(reader);
      for (const { name, field } of absent) values[name] = field.fallback;
      if (at.flexible) skipTagged(reader);
      return values;
    },
    write: (writer, values) => {
      for (const { name, field, codec } of there) {
        const value = values[name];
        codec.write(writer, value === undefined ? field.fallback : value);
      }
      if (at.flexible) writer.uvarint(0);
    },
  };
}

/** KIP-482: tagged fields close a flexible struct, each with its size. We serve none of them, so all are passed over. */
export function skipTagged(reader: Reader): void {
  for (let left = reader.count(reader.uvarint()); left > 0; left--) {
    reader.uvarint();
    reader.view(reader.uvarint());
  }
}

function compileField(field: Field<unknown>, at: At): Codec {
  const codec = field.type === 'list' ? listOf(field, at) : (at.flexible ? COMPACT : PLAIN)[field.type];
  return at.version >= field.nullable ? codec : withoutNull(codec);
}

function listOf(field: Field<unknown>, at: At): Codec<unknown[] | null> {
  const length = at.flexible ? compactLength : int32Length;
  const element = compileElements(field.elements, at);
  return {
    read: (reader) => {
      const count = length.read(reader);
      if (count < 0) return null;
      const values = new Array<unknown>(reader.count(count));
      for (let i = 0; i < count; i++) values[i] = element.read(reader);
      return values;
    },
    write: (writer, values) => {
      length.write(writer, values === null ? -1 : values.length);
      for (const value of values ?? []) element.write(writer, value);
    },
  };
}

function compileElements(elements: Field<unknown> | Struct | undefined, at: At): Codec {
  if (elements === undefined) throw new TypeError('a list without elements');
  return isField(elements) ? compileField(elements, at) : compileStruct(elements, at);
}

/** A field's `type` is a word; a struct may have a field of that name, but that is an object. */
function isField(elements: Field<unknown> | Struct): elements is Field<unknown> {
  return typeof elements['type'] === 'string';
}

function withoutNull(codec: Codec): Codec {
  return {
    read: (reader) => {
      const value = codec.read(reader);
      if (value === null) throw new MalformedError(`null before ${reader.position} where the schema has none`);
      return value;
    },
    write: codec.write,
  };
}
