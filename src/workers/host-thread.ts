import { parentPort, threadId, workerData } from 'node:worker_threads';
import { type Body, type Home, hostBody } from './host.ts';
import type { Birth, ToWorker } from './messages.ts';
import { realWorld } from './world.ts';

/** Runs a body in this thread until it is told to stop. `reached` is for tests: the shipped entries hand in nothing. */
export function hostThread(make: (home: Home) => Body, reached?: (name: string) => void): void {
  const port = parentPort;
  if (!port) throw new Error(`a worker's entry runs in a worker thread, not in thread ${threadId}`);
  const channel = {
    post: port.postMessage.bind(port),
    hear: (listener: (message: ToWorker) => void) => void port.on('message', listener),
    close: () => port.close(),
    end: (code: number) => process.exit(code),
  };
  hostBody({ birth: workerData as Birth, world: realWorld(reached), channel }, make);
}
