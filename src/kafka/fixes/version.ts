import { createRequire } from 'node:module';

/** The kafkajs whose inside the fixes know. Any other runs as it is. */
export const KNOWN_VERSION = '2.2.4';

/** Loads modules of kafkajs by their path inside the package (`kafkajs/src/…`); CommonJS, one registry per thread. */
export const load: NodeJS.Require = createRequire(import.meta.url);

/** The installed version, as its package file says. */
export function installedVersion(): string {
  const { version } = load('kafkajs/package.json') as { version: string };
  return version;
}
