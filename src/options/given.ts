import { LunchrushError } from '../errors.ts';
import type { SettingRows, Settings } from './settings.ts';

/** Where a setting was said: the option or variable, and which of both it is. */
export type Said = { says: string; source: 'argv' | 'env' };

/** Checked settings, and who said them. */
export type Given = { settings: Settings; said: Partial<Record<keyof SettingRows, Said>> };

type Env = Readonly<Record<string, string | undefined>>;

/** Checks what command line and environment say. Throws OPTIONS_WRONG with option or variable, value and what is right. */
export function readSettings(rows: SettingRows, texts: Partial<Record<keyof SettingRows, string>>, env: Env): Given {
  const settings: Record<string, unknown> = {};
  const said: Given['said'] = {};
  for (const key of Object.keys(rows) as (keyof SettingRows)[]) {
    const row = rows[key];
    const found = find(row, texts[key], env);
    if (!found) continue;
    const read = row.schema.safeParse(found.text);
    if (!read.success) throw refuse(`${found.says}: "${found.written}" is not ${row.is}`);
    settings[key] = read.data;
    said[key] = { says: found.says, source: found.source };
  }
  return { settings, said };
}

/** An empty variable is an absent one. */
function find(
  row: SettingRows[keyof SettingRows],
  text: string | undefined,
  env: Env,
): (Said & { text: string; written: string }) | undefined {
  if (text !== undefined) return { says: row.option, source: 'argv', text, written: text };
  const variable = row.variables.find(({ name }) => env[name]);
  const written = variable && env[variable.name];
  if (!written) return undefined;
  return { says: variable.name, source: 'env', text: `${written.trim()}${variable.unit ?? ''}`, written };
}

/** A fault in the options. */
export function refuse(sentence: string): LunchrushError {
  return new LunchrushError('OPTIONS_WRONG', sentence);
}
