import type { Saying } from '../given.ts';
import { refuse } from '../refuse.ts';
import type { SettingName } from '../settings.ts';

/** The properties of one file, which of them were asked for, and the settings that were made of them. */
export type Properties = {
  readonly path: string;
  /** A property without spaces around it, as Kafka takes it; undefined where it is not there. */
  get(key: string): string | undefined;
  /** Says a setting by a property. */
  say(name: SettingName, text: string | undefined, key: string): void;
  /** A fault in a property: `KEY in FILE …`. */
  fault(key: string, sentence: string, fix?: string): Error;
  /** Keys that begin so and that nobody asked for. */
  unasked(prefixes: readonly string[]): string[];
  readonly sayings: ReadonlyMap<SettingName, Saying>;
};

/** Keeps account of what is made of the properties of a file. */
export function accountOf(path: string, values: ReadonlyMap<string, string>): Properties {
  const asked = new Set<string>();
  const sayings = new Map<SettingName, Saying>();
  return {
    path,
    sayings,
    get(key) {
      asked.add(key);
      return values.get(key)?.trim();
    },
    say(name, text, key) {
      if (text !== undefined) sayings.set(name, { text, written: text, says: `${key} in ${path}` });
    },
    fault: (key, sentence, fix) => refuse(`${key} in ${path} ${sentence}`, fix),
    unasked: (prefixes) =>
      [...values.keys()].filter((key) => !asked.has(key) && prefixes.some((prefix) => key.startsWith(prefix))),
  };
}
