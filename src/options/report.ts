import type { SettingReport } from '../options.ts';
import { defined } from './defined.ts';
import type { Given, SourceKind } from './given.ts';
import type { SettingName, SettingRows } from './settings.ts';

const SOURCES: Record<SourceKind, SettingReport['source']> = {
  argv: 'option',
  env: 'environment',
  file: 'file',
  properties: 'command-config',
};

/** What holds for each setting and who said it, without any secret. Those that only a properties file says: if it does. */
export function report({ said }: Given, rows: SettingRows): SettingReport[] {
  return (Object.keys(rows) as SettingName[])
    .filter((name) => said[name] || rows[name].option || rows[name].variables.length > 0)
    .map((name) => {
      const { option, secret = false, fallback } = rows[name];
      const by = said[name];
      return {
        name,
        secret,
        source: by ? SOURCES[by.source] : 'default',
        ...defined({ option, value: by?.shown ?? fallback, from: by?.says }),
      };
    });
}
