import { join } from 'node:path';
import { CRASHING_FOLDER } from './crashing-folder.ts';
import { temporaryFolder } from './folder.ts';
import { type Program, type ProgramOptions, startProgram } from './program.ts';

/** Where to die: at the `nth` time that a thread or process comes to the point, the thread alone or its whole process. */
export type CrashPoint = { point: string; nth: number; how: 'thread' | 'process' };

/** What makes a program die once at each of these points, over all its processes that are started with this. */
export function crashing(points: CrashPoint[]): { env: Record<string, string>; main: string } {
  const folder = temporaryFolder();
  const marked = points.map((point, i) => ({ ...point, mark: join(folder, String(i)) }));
  return { env: { CRASH_AT: JSON.stringify(marked) }, main: `${CRASHING_FOLDER}/main.js` };
}

/** Starts the program so that it dies once at each of these points. */
export function startCrashing(script: string, points: CrashPoint[], options: ProgramOptions = {}): Program {
  const { env, main } = crashing(points);
  return startProgram(script, { ...options, env: { ...options.env, ...env }, main });
}
