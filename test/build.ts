import { bundle } from '../build.mjs';
import { CRASHING_FOLDER } from './rig/crashing-folder.ts';

const ENTRIES = ['main', 'inventory', 'analytics', 'load', 'broker'];

/** Builds the program once before the tests, so that threads and child processes start as they do for a user. */
export async function setup() {
  await bundle();
  const outbase = 'test/rig/entries';
  const entryPoints = ENTRIES.map((name) => `${outbase}/${name}.ts`);
  await bundle({ entryPoints, outdir: CRASHING_FOLDER, outbase });
}
