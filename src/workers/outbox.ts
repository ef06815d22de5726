import type { Digest, FromWorker, WorkerFact } from './messages.ts';
import type { World } from './world.ts';

const EVERY_MS = 100;
/** Without a change a digest goes out this often all the same: it is the sign of life. */
const SIGN_OF_LIFE_MS = 1_000;

export type Outbox = {
  /** A fact goes at once; the digest of what led to it may come after it. */
  tell(fact: WorkerFact): void;
  /** Sends the digest now, whether it changed or not. */
  flush(): void;
  close(): void;
};

/** Folds what happened in a thread into one digest per 100 ms, sent only if it says something new. */
export function createOutbox(world: World, post: (message: FromWorker) => void, take: () => Digest): Outbox {
  let told = '';
  let toldAt = 0;
  let cancel = () => {};

  const send = (digest: Digest, text: string) => {
    told = text;
    toldAt = digest.at;
    post({ type: 'digest', digest });
  };
  const tick = () => {
    const digest = take();
    const text = JSON.stringify({ ...digest, at: 0, heapBytes: 0 });
    if (text !== told || digest.at - toldAt >= SIGN_OF_LIFE_MS) send(digest, text);
    cancel = world.setTimer(EVERY_MS, tick);
  };
  cancel = world.setTimer(EVERY_MS, tick);

  return {
    tell(fact) {
      post({ type: 'fact', fact, at: world.now() });
    },
    flush() {
      send(take(), '');
    },
    close() {
      cancel();
    },
  };
}
