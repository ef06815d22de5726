import { join } from 'node:path';
import { systemClock } from '../broker/clock.ts';
import { LaunchError } from '../broker/launch-error.ts';
import { serve } from '../broker/serve.ts';
import { LunchrushError } from '../errors.ts';
import type { Options } from '../options.ts';
import { catchSignals, interruptionOf } from '../script/signals.ts';
import { machineMeans } from '../state/files.ts';
import { dataFolder, makeFolder } from '../state/folders.ts';
import { CODES, DEFAULT_PORT, FALLBACK_FROM } from './ground.ts';

/** The embedded broker alone, in this process, until a signal ends it cleanly. */
export async function runBroker({ dataDir, brokerPort }: Extract<Options, { mode: 'broker' }>): Promise<number> {
  const folder = join(dataFolder(dataDir), 'broker');
  const signals = catchSignals(process);
  try {
    await makeFolder(folder, machineMeans);
    const port = brokerPort === undefined ? { port: DEFAULT_PORT, fallbackFrom: FALLBACK_FROM } : { port: brokerPort };
    const serving = await serve({ dataDir: folder, ...port, linked: false, clock: systemClock });
    if (serving.portNote) process.stderr.write(`${serving.portNote}\n`);
    process.stdout.write(`embedded broker, single node, at 127.0.0.1:${serving.port}, data in ${folder}\n`);
    signals.signal.addEventListener('abort', () => void serving.stop().catch(() => {}));
    await serving.ended;
    return interruptionOf(signals.signal)?.exit ?? 0;
  } catch (error) {
    if (error instanceof LaunchError) throw new LunchrushError(CODES[error.kind], error.message, { cause: error });
    throw error;
  } finally {
    signals.release();
  }
}
