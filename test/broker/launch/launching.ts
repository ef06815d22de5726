import { onTestFinished } from 'vitest';
import { type Launched, type LaunchOptions, launch } from '../../../src/broker/launch.ts';
import { temporaryFolder } from '../../rig/folder.ts';

/** The broker's entry as a user has it. */
export const ENTRY = new URL('../../../dist/broker/main.js', import.meta.url);

/** Launches the built broker on any free port, and lets go of it when the test has finished. */
export async function launchBroker(options: Partial<LaunchOptions> = {}): Promise<Launched> {
  const { dataDir = temporaryFolder(), ...rest } = options;
  const free = rest.port === undefined && rest.defaultPort === undefined;
  const broker = await launch({
    ...{ entry: ENTRY, dataDir, defaultPort: 9092, fallbackFrom: 19_092, ephemeral: free },
    ...rest,
  });
  onTestFinished(() => broker.close().catch(() => {}));
  return broker;
}
