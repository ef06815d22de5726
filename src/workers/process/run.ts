import { LunchrushError, readError } from '../../errors.ts';
import { type Body, type Home, hostBody, STOP_DEADLINE_MS } from '../host.ts';
import type { Birth, FromWorker, ToWorker } from '../messages.ts';
import type { World } from '../world.ts';

/** A worker in this process. */
export type Running = {
  /** Resolves after a clean stop; rejects with the error that ended the worker. */
  ended: Promise<void>;
  tell(message: ToWorker): void;
  /** Finishes what is in hand, commits, leaves its group; ends as WORKER_FAILED when that takes too long. */
  stop(): void;
};

/** What a worker is run with; `hear` is told everything that it tells. */
export type RunParts = Pick<Home, 'log' | 'contact'> & {
  birth: Birth;
  world: World;
  hear(message: FromWorker): void;
};

/** Runs a body in this process, as a thread would. No supervisor replaces it: whoever started the process does. */
export function runInProcess(make: (home: Home) => Body, { hear, ...parts }: RunParts): Running {
  const { world } = parts;
  let listener: ((message: ToWorker) => void) | undefined;
  let failure: LunchrushError | undefined;
  let settle: (failed?: LunchrushError) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    settle = (failed) => (failed ? reject(failed) : resolve());
  });
  const tell = (message: ToWorker) => listener?.(message);
  const channel = {
    post(message: FromWorker) {
      if (message.type === 'failed') failure ??= readError(message.error);
      hear(message);
    },
    hear: (listen: (message: ToWorker) => void) => {
      listener = listen;
    },
    close: () => {
      listener = undefined;
    },
    end: () => settle(failure),
  };
  hostBody({ ...parts, channel }, make);
  return {
    ended,
    tell,
    stop() {
      tell({ type: 'stop' });
      const late = `did not stop within ${STOP_DEADLINE_MS / 1000} s`;
      const cancel = world.setTimer(STOP_DEADLINE_MS, () => settle(new LunchrushError('WORKER_FAILED', late)));
      ended.then(cancel, cancel);
    },
  };
}
