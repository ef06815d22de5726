import type { SettingReport } from '../options.ts';
import type { Given, SourceKind } from './given.ts';
import type { SettingName, SettingRows } from './settings.ts';

const SOURCES: Record<SourceKind, SettingReport['source']> = {
  argv: 'option',
  env: 'environment',
  file: 'file',
  properties: 'command-config',
};

/** What holds for each setting and who said it, without any secret. Those that only a properties file says: if it does. */
export function report({ settings, said }: Given, rows: SettingRows): SettingReport[] {
  return (Object.keys(rows) as SettingName[])
    .filter((name) => said[name] || rows[name].option || rows[name].variables.length > 0)
    .map((name) => {
      const { option, secret = false, fallback } = rows[name];
      const by = said[name];
      const value = by ? show(settings[name], secret) : fallback;
      return {
        name,
        ...(option === undefined ? {} : { option }),
        ...(value === undefined ? {} : { value }),
        secret,
        source: by ? SOURCES[by.source] : 'default',
        ...(by ? { from: by.says } : {}),
      };
    });
}

/** A value as text; a private key may stand in a variable where a file is meant. */
function show(value: unknown, secret: boolean): string {
  if (secret) return 'set';
  return String(value);
}
