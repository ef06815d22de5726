import { readText } from './files.ts';
import { check, type Given } from './given.ts';
import { refuse } from './refuse.ts';
import { httpSettings } from './settings/doors.ts';
import { securitySettings } from './settings/security.ts';

const ROWS = { httpToken: httpSettings.httpToken, saslPassword: securitySettings.saslPassword };

/** A secret that is said by itself or by a file, whichever is said first; undefined where neither is. */
export function secretOf(
  name: 'httpToken' | 'saslPassword',
  fileName: 'httpTokenFile' | 'saslPasswordFile',
  { settings, said }: Given,
): string | undefined {
  const itself = said[name];
  const file = said[fileName];
  if (itself && file && itself.rank === file.rank) throw refuse(`${itself.says} and ${file.says} exclude each other`);
  if (!file || (itself && itself.rank < file.rank)) return settings[name];
  const path = settings[fileName] ?? '';
  const text = readLine(path, file.says);
  check(ROWS[name], { text, written: text, says: `${file.says}: ${path}` });
  return text;
}

/** The one line of a file. Throws OPTIONS_WRONG with file and reason, never with what is in it. */
function readLine(path: string, says: string): string {
  const text = readText(path, says).replace(/\r?\n$/, '');
  if (text === '') throw refuse(`${says}: ${path} is empty`);
  if (/[\r\n]/.test(text)) throw refuse(`${says}: ${path} has more than one line`);
  return text;
}
