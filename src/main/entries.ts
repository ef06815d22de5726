/** Where the processes and threads of the program begin. Tests hand in entries of their own, with crash points. */
export type Entries = { broker: URL; inventory: URL; analytics: URL; load: URL };

/** The shipped entries: beside the main file, built or as TypeScript. */
export function entriesBeside(main: string): Entries {
  const ending = main.endsWith('.ts') ? 'ts' : 'js';
  const at = (path: string) => new URL(`./${path}.${ending}`, main);
  return {
    broker: at('broker/main'),
    inventory: at('workers/inventory/thread'),
    analytics: at('workers/analytics/thread'),
    load: at('workers/load/thread'),
  };
}
