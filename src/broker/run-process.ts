import { parseArgs } from 'node:util';
import type { Reached } from './api.ts';
import { toLaunchError } from './launch-error.ts';
import { printReport, type Report } from './report.ts';
import { type ServeOptions, serve } from './serve.ts';

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Makes this process a broker: --data-dir DIR --port N [--fallback-from N] [--linked]. Reports on stdout in one line how the
 * start went; signals end it cleanly. `reached` is for the entries of crash tests.
 */
export function runProcess(reached: Reached = () => {}): void {
  // Whoever started this process may be gone, and its pipes with it: no reason to go, too.
  for (const pipe of [process.stdout, process.stderr]) pipe.on('error', () => {});
  run(reached).then(
    () => process.exit(0),
    (error: unknown) => {
      const { kind, message } = toLaunchError(error, 'the data folder');
      say({ failed: { kind, message } }, () => process.exit(1));
    },
  );
}

async function run(reached: Reached): Promise<void> {
  const serving = await serve({ ...readArguments(), reached });
  for (const signal of END_SIGNALS) process.on(signal, () => void serving.stop().catch(() => {}));
  const { pid, startId, port } = serving;
  say({ started: { pid, startId, port } });
  await serving.ended;
}

function readArguments(): ServeOptions {
  const { values } = parseArgs({
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string', default: '0' },
      'fallback-from': { type: 'string' },
      linked: { type: 'boolean', default: false },
    },
  });
  const { 'data-dir': dataDir, 'fallback-from': fallbackFrom } = values;
  if (dataDir === undefined) throw new Error('--data-dir is missing');
  return {
    ...{ dataDir, port: Number(values.port), linked: values.linked },
    ...(fallbackFrom === undefined ? {} : { fallbackFrom: Number(fallbackFrom) }),
  };
}

function say(report: Report, said?: () => void): void {
  process.stdout.write(printReport(report), said);
}
