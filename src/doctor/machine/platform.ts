import { type Finding, ok, warn } from '../check.ts';

/** A system as Node names it. */
export type System = { platform: string; arch: string; release: string; cpus: number };

/** Systems that the program is tested on, and what people call them. */
const NAMES: Record<string, string> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' };

/** On what the program runs; others than the three of the table may work too. */
export function checkPlatform({ platform, arch, release, cpus }: System): Finding {
  const data = { platform, arch, release, cpus };
  const cores = `${cpus} ${cpus === 1 ? 'core' : 'cores'}`;
  const name = NAMES[platform];
  if (name) return ok(`${name} ${release}, ${arch}, ${cores}`, data);
  return warn(
    `${platform} ${release}, ${arch}, ${cores}: nobody has tried it there`,
    'go on; should it fail, tell us',
    data,
  );
}
