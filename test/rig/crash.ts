import { join } from 'node:path';
import { CRASHING_FOLDER } from './crashing-folder.ts';
import { temporaryFolder } from './folder.ts';
import { type Program, type ProgramOptions, startProgram } from './program.ts';

/** Where to die: at the `nth` time that a thread or process comes to the point, the thread alone or its whole process. */
export type CrashPoint = { point: string; nth: number; how: 'thread' | 'process' };

/** Starts the program so that it dies once at each of these points. */
export function startCrashing(script: string, points: CrashPoint[], options: ProgramOptions = {}): Program {
  const folder = temporaryFolder();
  const marked = points.map((point, i) => ({ ...point, mark: join(folder, String(i)) }));
  const env = { ...options.env, CRASH_AT: JSON.stringify(marked) };
  return startProgram(script, { ...options, env, main: `${CRASHING_FOLDER}/main.js` });
}
