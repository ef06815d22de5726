import { resolve } from 'node:path';
import type { Log } from './api.ts';
import type { PortWish } from './choose-port.ts';
import { type Launched, openLaunched } from './launch/launched.ts';

export type { BrokerExit, Launched } from './launch/launched.ts';
export { LaunchError } from './launch-error.ts';

/** How a program gets itself a broker. */
export type LaunchOptions = {
  /** The broker's own entry: main.js beside the built program, or main.ts. */
  entry: URL;
  dataDir: string;
  /** Asked for by name: taken means failure. Without it the default, or the first free one from `fallbackFrom` on. */
  port?: number;
  defaultPort: number;
  fallbackFrom: number;
  /** Any free port. */
  ephemeral?: boolean;
  onLog?: Log;
};

/** Attaches to the broker of a data folder, or starts it. Rejects with a LaunchError that says what is in the way. */
export function launch(options: LaunchOptions): Promise<Launched> {
  const { entry, onLog } = options;
  const dataDir = resolve(options.dataDir);
  return openLaunched({ entry, dataDir, onLog: ({ level, message }) => onLog?.(level, message) }, wishOf(options));
}

function wishOf({ port, defaultPort, fallbackFrom, ephemeral = false }: LaunchOptions): PortWish {
  if (ephemeral) return { port: 0 };
  return port === undefined ? { port: defaultPort, fallbackFrom } : { port };
}
