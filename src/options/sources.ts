import { join } from 'node:path';
import type { CommandLine, Nearest } from './command-line.ts';
import { fileSource, type Named } from './config-file.ts';
import { isThere } from './files.ts';
import { argvSource, envSource, type Source } from './given.ts';
import { propertiesSource } from './properties/source.ts';
import type { SettingName, SettingRows } from './settings.ts';

/** What is looked for where nobody names a configuration file. */
const CONFIG_FILE = 'lunchrush.config.json';

/** What the sources are read from. */
export type Surroundings = {
  env: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  cwd: string;
  nearest: Nearest;
};

/**
 * Everything that can say a setting, the first to be asked first: options, variables, the configuration file. The
 * properties file comes behind the one that names it. Throws OPTIONS_WRONG where a file cannot be read or is wrong.
 */
export function sourcesOf(
  line: CommandLine,
  names: readonly SettingName[],
  rows: SettingRows,
  around: Surroundings,
): { sources: Source[]; notes: string[] } {
  const spoken = [argvSource(line.texts), envSource(around.env)];
  const file = configFile(spoken, rows, around);
  const sources = file ? [...spoken, fileSource(file, rows, around.nearest)] : spoken;
  // Fresh data is in an embedded broker: whatever says how a cluster is entered is ignored then, by name.
  if (line.fresh || !names.includes('commandConfig')) return { sources, notes: [] };
  const at = sources.findIndex((source) => source.find('commandConfig', rows.commandConfig));
  const named = sources[at]?.find('commandConfig', rows.commandConfig);
  if (!named) return { sources, notes: [] };
  const { source, notes } = propertiesSource(named.text, named.says);
  return { sources: sources.toSpliced(at + 1, 0, source), notes };
}

function configFile(spoken: readonly Source[], rows: SettingRows, { cwd }: Surroundings): Named | undefined {
  const named = spoken.map((source) => source.find('config', rows.config)).find((saying) => saying !== undefined);
  if (named) return { path: named.text, shown: named.text, says: named.says };
  const path = join(cwd, CONFIG_FILE);
  return isThere(path) ? { path, shown: CONFIG_FILE, says: 'the working folder' } : undefined;
}
