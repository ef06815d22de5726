import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.ts';

/** Format of the data folder that this version writes. */
export const FORMAT = 1;

const FILE = 'format.json';

/** Makes the folder and tries to write in it. Throws Node's error if it cannot. */
export function prepareFolder(dataDir: string, startId: string): void {
  mkdirSync(dataDir, { recursive: true });
  const trial = join(dataDir, `${startId}.trial`);
  // Some file systems notice that they are full only when bytes come.
  try {
    writeFileSync(trial, Buffer.alloc(4_096));
  } finally {
    rmSync(trial, { force: true });
  }
}

/** Marks a new folder with its format; throws a LaunchError for one that a newer version wrote. Only the holder of the lock may. */
export function checkFormat(dataDir: string): void {
  if (refuseNewerFormat(dataDir) !== undefined) return;
  writeFileSync(join(dataDir, FILE), `${JSON.stringify({ format: FORMAT })}\n`);
}

/** The format of the folder, undefined if it is not marked; throws a LaunchError for one that a newer version wrote. */
export function refuseNewerFormat(dataDir: string): number | undefined {
  const format = formatOf(dataDir);
  if (format === undefined || format <= FORMAT) return format;
  throw new LaunchError('newer-format', `${dataDir} has format ${format}; this version reads formats up to ${FORMAT}`);
}

/** The format that the folder is marked with, newer ones too; undefined if it is not marked. */
export function formatOf(dataDir: string): number | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as { format: number }).format;
  } catch (error) {
    // Half a file is what a crash leaves of the first start: nothing else had been written then.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
