import type { Digest, FromWorker } from '../messages.ts';
import type { World } from '../world.ts';

/** How a worker stands. `reason` says why it is not ready, or not alive; empty when it is both. */
export type Standing = { alive: boolean; ready: boolean; reason: string };

/** Half a session without an answer while something is in the way: the cluster counts as away, ms. */
const AWAY_AFTER_MS = 5_000;

/** Follows a worker from what it tells, and says at any time how it stands. */
export type Follower = {
  hear(message: FromWorker): void;
  /** The cluster has answered. */
  answered(): void;
  /** Something did not work and is tried again. */
  troubled(sentence: string): void;
  /** It was told to stop. */
  stopping(): void;
  read(): Standing;
};

/** Follows one worker from its birth. */
export function followWorker(world: World): Follower {
  let digest: Digest | undefined;
  let isStarted = false;
  let isStopping = false;
  let failure = '';
  let trouble = '';
  let answeredAt = world.now();

  const whyNotReady = (): string => {
    if (isStopping) return 'it is stopping';
    if (trouble && world.now() - answeredAt > AWAY_AFTER_MS) return trouble;
    return isStarted && digest ? inTheWay(digest) : 'it is starting';
  };
  return {
    hear(message) {
      if (message.type === 'ready') isStarted = true;
      if (message.type === 'digest') digest = message.digest;
      if (message.type === 'failed') failure = message.error.message;
    },
    answered() {
      trouble = '';
      answeredAt = world.now();
    },
    troubled(sentence) {
      trouble = sentence;
    },
    stopping() {
      isStopping = true;
    },
    read() {
      const reason = failure || whyNotReady();
      return { alive: failure === '', ready: reason === '', reason };
    },
  };
}

/** What a digest tells that keeps its worker from its work; empty when nothing does. */
function inTheWay(digest: Digest): string {
  const { kind, state, waitsFor, partitions, generation } = digest;
  if (kind === 'load') return waitsFor;
  if (state === 'starting' || state === 'joining') return 'it is joining its group';
  const isWatching = kind === 'analytics' && digest.watchOnly;
  if (generation < 0 && !isWatching) return 'it is joining its group';
  const waiting = partitions.find((view) => view.state !== 'running');
  if (!waiting) return '';
  const { topic, partition, reason } = waiting;
  return `${topic}/${partition} is ${waiting.state}${reason ? `: ${reason}` : ''}`;
}
