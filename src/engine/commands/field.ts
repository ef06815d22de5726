import type { Value } from '../language/value.ts';
import type { Field, Rest, Way } from './row.ts';

/** The next word. */
export function argument<T>(value: Value<T>, help: string): Way<T> {
  return { as: 'argument', value, help };
}

/** All remaining words. */
export function rest<T>(words: Rest<T>, help: string): Way<T> {
  return { as: 'rest', rest: words, help };
}

/** `--name VALUE` or `--name=VALUE`. */
export function option<T>(name: `--${string}`, value: Value<T>, help: string): Way<T> {
  return { as: 'option', name, value, help };
}

/** `--name`, which means this value. */
export function flag<T>(name: `--${string}`, means: T, help: string): Way<T> {
  return { as: 'flag', name, means, help };
}

/** A field that must be written. */
export function needed<T>(way: Way<T>): Field<T> {
  return { ways: [way], needed: true };
}

/** A field that may be written in one of these ways, and is absent otherwise. */
export function optional<T>(...ways: Way<T>[]): Field<T> {
  return { ways, needed: false };
}

/** A field that may be written, and is `fallback` otherwise. */
export function fallback<T>(value: T, way: Way<T>): Field<T> {
  return { ways: [way], needed: false, fallback: value };
}

/** `--name`: true when it is written, else false. */
export function toggle(name: `--${string}`, help: string): Field<boolean> {
  return fallback<boolean>(false, flag<boolean>(name, true, help));
}
