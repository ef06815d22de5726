import type { Saying } from '../given.ts';
import { refuse } from '../refuse.ts';
import type { SettingName } from '../settings.ts';
import type { PropertyName } from './keys.ts';

/** The properties of one file, which of them were asked for, and the settings that were made of them. */
export type Properties = {
  readonly path: string;
  /** A property without spaces around it, as Kafka takes it; undefined where it is not there. */
  get(key: PropertyName): string | undefined;
  /** Says a setting by a property. */
  say(name: SettingName, text: string | undefined, key: PropertyName): void;
  /** A fault in a property: `KEY in FILE …`. */
  fault(key: PropertyName, sentence: string, fix?: string): Error;
  /** Keys that begin so and that nobody asked for. */
  unasked(prefixes: readonly string[]): string[];
  readonly sayings: ReadonlyMap<SettingName, Saying>;
};

/** The one property that may hold what looks like others. */
export const JAAS = 'sasl.jaas.config';

/** How the properties begin that may hold something secret. */
const NEXT_LINE = /(?:ssl|sasl|security|bootstrap)\.[a-z.]+ *[=:]/;

/** Keeps account of what is made of the properties of a file. */
export function accountOf(path: string, values: ReadonlyMap<string, string>): Properties {
  const asked = new Set<string>();
  const sayings = new Map<SettingName, Saying>();
  return {
    path,
    sayings,
    get(key) {
      asked.add(key);
      const value = values.get(key)?.trim();
      // Two lines in one: whatever is said of the first would show the second, in which there may be a password.
      if (value === undefined || key === JAAS || !NEXT_LINE.test(value)) return value;
      throw refuse(`${key} in ${path} goes on in the next line`, 'take away the backslash at the end of its line');
    },
    say(name, text, key) {
      if (text !== undefined) sayings.set(name, { text, says: `${key} in ${path}` });
    },
    fault: (key, sentence, fix) => refuse(`${key} in ${path} ${sentence}`, fix),
    unasked: (prefixes) =>
      [...values.keys()].filter((key) => !asked.has(key) && prefixes.some((prefix) => key.startsWith(prefix))),
  };
}
