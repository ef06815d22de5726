import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from '../build.mjs';
import { CRASHING_FOLDER } from './rig/crashing-folder.ts';

const ENTRIES = ['main', 'inventory', 'analytics', 'load', 'broker'];

/** Builds aside and renames file by file: a program that starts meanwhile never reads half of one. */
async function buildInto(outdir: string, parts: { entryPoints?: string[]; outbase?: string } = {}): Promise<void> {
  const aside = `node_modules/.cache/lunchrush-build-${process.pid}`;
  await bundle({ ...parts, outdir: aside });
  for (const entry of readdirSync(aside, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const built = join(entry.parentPath, entry.name);
    const target = join(outdir, built.slice(aside.length));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(built, target);
  }
  rmSync(aside, { recursive: true, force: true });
}

/** Builds the program once before the tests, so that threads and child processes start as they do for a user. */
export async function setup() {
  await buildInto('dist');
  chmodSync('dist/main.js', 0o755);
  const outbase = 'test/rig/entries';
  await buildInto(CRASHING_FOLDER, { outbase, entryPoints: ENTRIES.map((name) => `${outbase}/${name}.ts`) });
}
