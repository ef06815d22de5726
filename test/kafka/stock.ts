import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

function kafkajsEntries(): [string, NodeModule][] {
  return Object.entries(require.cache).flatMap(([path, entry]) =>
    entry && path.includes('/kafkajs/') ? [[path, entry] as [string, NodeModule]] : [],
  );
}

function forget(entries: readonly [string, NodeModule][]): void {
  for (const [path] of entries) delete require.cache[path];
}

/** A module of kafkajs as it was published, beside the fixed one that this process uses. */
export function stock<Module>(path: string): Module {
  const fixed = kafkajsEntries();
  forget(fixed);
  try {
    return require(path) as Module;
  } finally {
    forget(kafkajsEntries());
    for (const [name, entry] of fixed) require.cache[name] = entry;
  }
}
