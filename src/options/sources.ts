import type { CommandLine } from './command-line.ts';
import { argvSource, envSource, type Source } from './given.ts';
import type { SettingRows } from './settings.ts';

/** Everything that can say a setting, the first to be asked first. */
export function sourcesOf(
  line: CommandLine,
  _rows: SettingRows,
  { env }: { env: Readonly<Record<string, string | undefined>> },
): Source[] {
  return [argvSource(line.texts), envSource(env)];
}
