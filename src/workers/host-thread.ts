import { getPriority, setPriority } from 'node:os';
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { type Body, type Home, hostBody } from './host.ts';
import type { Birth, ToWorker } from './messages.ts';
import { realWorld } from './world.ts';

/** Runs a body in this thread until it is told to stop. `reached` is for tests: the shipped entries hand in nothing. */
export function hostThread(make: (home: Home) => Body, reached?: (name: string) => void): void {
  const port = parentPort;
  if (!port) throw new Error(`a worker's entry runs in a worker thread, not in thread ${threadId}`);
  const birth = workerData as Birth;
  if (birth.yields) yieldToTheScreen();
  const channel = {
    post: port.postMessage.bind(port),
    hear: (listener: (message: ToWorker) => void) => void port.on('message', listener),
    close: () => port.close(),
    end: (code: number) => process.exit(code),
  };
  hostBody({ birth, world: realWorld(reached), channel }, make);
}

/** Steps below the rest of the program; 19 is the least pressing of all (setpriority(2)). */
const STEPS = 10;
const LEAST = 19;

/** Of this thread alone, which only Linux can: elsewhere it would be the whole process, the screen with it. */
function yieldToTheScreen(): void {
  if (process.platform === 'linux') setPriority(0, Math.min(LEAST, getPriority(0) + STEPS));
}
