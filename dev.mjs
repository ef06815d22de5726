// Lets the program run from TypeScript: ink-table is read as an ES module, as in the bundle. For `tsx --import ./dev.mjs`.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { inkTableAsModule } from './ink-table.mjs';

/** Hook of Node's module loader, run in the loader's own thread. */
export async function load(url, context, next) {
  if (!/ink-table\/dist\/index\.js$/.test(url)) return next(url, context);
  return { format: 'module', source: inkTableAsModule(await readFile(new URL(url), 'utf8')), shortCircuit: true };
}

// This file is loaded once more as the hooks, in a thread of their own.
if (isMainThread) register(import.meta.url);
