import type { LunchrushError } from '../errors.ts';
import { refuse } from './refuse.ts';
import { httpSettings } from './settings/doors.ts';
import { securitySettings } from './settings/security.ts';

const ROWS = { ...securitySettings, ...httpSettings };

type Name = keyof typeof ROWS;

/** The settings whose values are never shown. */
export const SECRETS = (Object.keys(ROWS) as Name[]).filter((name) => ROWS[name].secret);

/** Where a secret has to be said. */
export function placeOfSecret(name: string): string {
  const own = Object.hasOwn(ROWS, name) ? ROWS[name as Name].variables[0] : undefined;
  const file = Object.hasOwn(ROWS, `${name}File`) ? ROWS[`${name}File` as Name].option : undefined;
  if (!own) return 'a properties file, and name that with --command-config';
  return `the variable ${own.name}${file ? `, or into a file, and name that with ${file}` : ''}`;
}

/** `saslPassword` → `--sasl-password`: what people try, and what is not there. */
export function optionOfSecret(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Refuses options that would carry a secret, without repeating it: everybody on a machine can read the command lines
 * of its processes.
 */
export function refuseSecrets(argv: readonly string[]): void {
  for (const name of SECRETS) {
    const option = optionOfSecret(name);
    if (argv.some((word) => word === option || word.startsWith(`${option}=`))) throw refuseSecret(option, name);
  }
}

/** The refusal of an option or key that would carry a secret. */
export function refuseSecret(says: string, name: string): LunchrushError {
  const why = says.startsWith('--')
    ? `there is no ${says}: everybody on a machine can read the command lines of its programs`
    : `${says}: secrets do not stand in the configuration file, which is shared and kept with code`;
  return refuse(why, `put it into ${placeOfSecret(name)}`);
}
