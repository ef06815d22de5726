import type { LunchrushError } from '../errors.ts';
import { refuse } from './refuse.ts';
import type { SettingName, SettingRows } from './settings.ts';

/** Where a secret is said, for those who try elsewhere. */
export function placeOf(name: SettingName, rows: SettingRows): string {
  const variable = rows[name].variables[0]?.name;
  const file = Object.hasOwn(rows, `${name}File`) ? rows[`${name}File` as SettingName].option : undefined;
  const ways = [variable && `the variable ${variable}`, file && `a file with ${file}`].filter(Boolean);
  return ways.length === 0 ? 'a properties file with --command-config' : ways.join(', or ');
}

/** The secrets among the settings. */
export function secretsOf(rows: SettingRows): SettingName[] {
  return (Object.keys(rows) as SettingName[]).filter((name) => rows[name].secret);
}

/**
 * Refuses options that would carry a secret, without repeating it: everybody on a machine can read the command lines
 * of its processes.
 */
export function refuseSecrets(argv: readonly string[], rows: SettingRows): void {
  for (const name of secretsOf(rows)) {
    const option = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (argv.some((word) => word === option || word.startsWith(`${option}=`))) throw refuseSecret(option, name, rows);
  }
}

function refuseSecret(option: string, name: SettingName, rows: SettingRows): LunchrushError {
  return refuse(
    `there is no ${option}: whoever lists the processes of this machine can read a command line`,
    `put it into ${placeOf(name, rows)}`,
  );
}
