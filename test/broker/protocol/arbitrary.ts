import fc from 'fast-check';
import type { Field, Struct } from '../../../src/broker/protocol/schema.ts';

const SCALARS = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.maxSafeInteger(),
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  string: fc.string({ unit: 'grapheme', maxLength: 20 }),
  bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
};

/** Any value of a struct that a version can carry; fields that the version lacks have their default. */
export function anyStruct(struct: Struct, version: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(struct).map(([name, field]) => [name, anyField(field, version)] as const);
  return fc.record(Object.fromEntries(fields));
}

function anyField(field: Field<unknown>, version: number): fc.Arbitrary<unknown> {
  if (version < field.since || version > field.until) return fc.constant(field.fallback);
  const value =
    field.type === 'list' ? fc.array(anyElement(field.elements, version), { maxLength: 3 }) : SCALARS[field.type];
  return version >= field.nullable ? fc.option<unknown>(value) : value;
}

function anyElement(elements: Field<unknown> | Struct | undefined, version: number): fc.Arbitrary<unknown> {
  if (elements === undefined) throw new TypeError('a list without elements');
  return typeof elements['type'] === 'string'
    ? anyField(elements as Field<unknown>, version)
    : anyStruct(elements as Struct, version);
}

/**
 * The values of the fields that a version carries, without their names, sorted: what two codecs must agree on. A null list is
 * as good as an empty one, and records are left to the tests of batches.
 */
export function leavesOf(struct: Struct, version: number, value: Record<string, unknown>): string[] {
  const isThere = ({ since, until }: Field<unknown>) => version >= since && version <= until;
  const there = Object.entries(struct).filter(([name, field]) => isThere(field) && name !== 'records');
  return there.flatMap(([name, field]) => fieldLeaves(field, version, value[name])).sort();
}

function fieldLeaves(field: Field<unknown>, version: number, value: unknown): string[] {
  if (!Array.isArray(value)) return value === null && field.type === 'list' ? [] : [leafOf(value)];
  return value.flatMap((element: unknown) => {
    const isPlain = typeof field.elements?.['type'] === 'string';
    return isPlain
      ? [leafOf(element)]
      : leavesOf(field.elements as Struct, version, element as Record<string, unknown>);
  });
}

/** One value in a form that does not tell who decoded it. */
export function leafOf(value: unknown): string {
  return Buffer.isBuffer(value) ? value.toString('hex') : String(value);
}
