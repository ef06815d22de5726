import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { World } from './headless.ts';
import { catchSignals, type Interruption } from './signals.ts';

/** What this process has of the door's world. Signals are caught from here on; `release` stops that. */
export function worldOf(
  self: NodeJS.Process,
): Pick<World, 'stdout' | 'stderr' | 'readFile' | 'readStdin' | 'signal'> & { release(): void } {
  const { signal, release } = catchSignals(self);
  return {
    stdout: self.stdout,
    stderr: self.stderr,
    readFile: (path) => readFile(path, 'utf8'),
    readStdin: () => text(self.stdin),
    signal: AbortSignal.any([signal, closedPipe(self)]),
    release,
  };
}

/** Fires when nobody reads stdout any more, as in `… | head`: then the run ends quietly. */
function closedPipe({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): AbortSignal {
  const controller = new AbortController();
  stdout.on('error', () => controller.abort({ name: 'EPIPE', exit: 0 } satisfies Interruption));
  stderr.on('error', () => undefined);
  return controller.signal;
}
