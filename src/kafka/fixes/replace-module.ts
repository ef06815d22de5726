import { load } from './version.ts';

/**
 * Puts `exports` in the place of a CommonJS module of kafkajs and gives back what stood there. Only those who require
 * the module later see it, so this runs before anything else of kafkajs is loaded.
 */
export function replaceModule(path: string, exports: unknown): unknown {
  const stock: unknown = load(path);
  const entry = load.cache[load.resolve(path)];
  if (!entry) throw new Error(`${path} is not in the module cache of this thread`);
  entry.exports = exports;
  return stock;
}
