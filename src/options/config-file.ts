import { dirname, resolve } from 'node:path';
import type { Nearest } from './command-line.ts';
import { readText } from './files.ts';
import { FLAGS } from './flags.ts';
import { check, type Saying, type Source } from './given.ts';
import { jsonFault } from './json-fault.ts';
import { refuse } from './refuse.ts';
import { optionOfSecret, refuseSecret, SECRETS } from './secrets.ts';
import type { JsonKind } from './setting.ts';
import type { SettingName, SettingRows } from './settings.ts';

/** A configuration file: where it is, how people are told of it, and who named it. */
export type Named = { path: string; shown: string; says: string };

const WANTED: Record<JsonKind, string> = {
  text: 'a text',
  number: 'a number',
  switch: 'true or false',
  list: 'a text or a list of texts',
  share: 'a number or a text',
};

/**
 * Settings from a configuration file: one JSON object with the names of settings as keys. All of it is checked, whatever
 * the program. Throws OPTIONS_WRONG with file and key, or line and column where it is no JSON.
 */
export function fileSource({ path, shown, says }: Named, rows: SettingRows, nearest: Nearest): Source {
  const sayings = new Map<SettingName, Saying>();
  for (const [key, value] of Object.entries(parse(readText(path, says), shown))) {
    const name = known(key, shown, rows, nearest);
    const row = rows[name];
    const text = textOf(value, row.json ?? 'text');
    if (text === undefined) {
      throw refuse(
        `"${key}" in ${shown} is ${kindOf(value)}, and ${WANTED[row.json ?? 'text']} has to be there: ${row.is}`,
      );
    }
    const saying = { text, written: text, says: `"${key}" in ${shown}` };
    check(row, saying);
    const ofPath = row.completes === 'file' || row.completes === 'folder';
    sayings.set(name, ofPath ? { ...saying, text: beside(path, text) } : saying);
  }
  // Found rather than named: those who ask where settings come from see that it is there.
  sayings.set('config', { text: shown, says });
  return { kind: 'file', find: (name) => sayings.get(name) };
}

function parse(written: string, path: string): object {
  const text = written.replace(/^\uFEFF/, '');
  const fault = jsonFault(text);
  if (fault) throw refuse(`${path}:${fault.line}:${fault.column}: this is not JSON`, 'one object: { "workers": 2 }');
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refuse(`${path}: there is ${kindOf(value)}, and one object has to be there`, 'such as { "workers": 2 }');
}

function known(key: string, path: string, rows: SettingRows, nearest: Nearest): SettingName {
  const secret = SECRETS.find((name) => name === key || optionOfSecret(name) === `--${key}`);
  if (secret) throw refuseSecret(`"${key}" in ${path}`, secret);
  if (Object.hasOwn(FLAGS, key)) throw refuse(`"${key}" in ${path} is said for one run, on the command line only`);
  const names = (Object.keys(rows) as SettingName[]).filter((name) => rows[name].json !== undefined);
  const name = names.find((one) => one === key);
  if (name) return name;
  const near = nearest(key, names);
  throw refuse(
    `"${key}" in ${path} is no setting`,
    near === undefined ? 'see lunchrush config' : `did you mean ${near}?`,
  );
}

/** A value as the option would have it, undefined where its kind is wrong. */
function textOf(value: unknown, kind: JsonKind): string | undefined {
  if (kind === 'switch') return typeof value === 'boolean' ? String(value) : undefined;
  if (typeof value === 'number') return kind === 'number' || kind === 'share' ? String(value) : undefined;
  if (typeof value === 'string') return kind === 'number' ? undefined : value;
  const listed = kind === 'list' && Array.isArray(value) && value.every((one) => typeof one === 'string');
  return listed ? value.join(',') : undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'a text';
  return typeof value === 'boolean' ? String(value) : `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
}

/** Paths of a file begin at its own folder; PEM itself is left as it is. */
function beside(path: string, text: string): string {
  return text.startsWith('-----BEGIN') ? text : resolve(dirname(path), text);
}
