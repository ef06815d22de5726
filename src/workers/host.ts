import { type MessagePort, parentPort, threadId, workerData } from 'node:worker_threads';
import { toLunchrushError, writeError } from '../errors.ts';
import type { Answer, Birth, Digest, FromWorker, Knobs, LoadPlan, Question, ToWorker, WorkerFact } from './messages.ts';
import { createOutbox } from './outbox.ts';
import { realWorld, type World } from './world.ts';

/** What the thread's own code gets from its host. */
export type Home = {
  birth: Birth;
  world: World;
  /** Tells a fact at once. */
  tell(fact: WorkerFact): void;
  /** Tells the supervisor which member id this thread holds now, so that it can be left for if the thread dies. */
  joinedAs(memberId: string): void;
  /** Ends the thread with a reason: the supervisor replaces it. */
  fail(error: unknown): void;
};

/** One kind of worker, as its host drives it. What a kind cannot do it leaves out, and the host refuses. */
export type Body = {
  start(): Promise<void>;
  /** Finishes what is in hand, commits, leaves. */
  stop(): Promise<void>;
  digest(): Digest;
  pause?(): void;
  resume?(): void;
  applyKnobs?(knobs: Knobs): void;
  startLoad?(plan: LoadPlan): void;
  stopLoad?(): void;
  ask?(question: Exclude<Question, { type: 'flush' }>): Promise<Answer>;
};

/** Runs a body in this thread until it is told to stop. `reached` is for tests: the shipped entries hand in nothing. */
export function hostThread(make: (home: Home) => Body, reached?: (name: string) => void): void {
  const port = parentPort;
  if (!port) throw new Error(`a worker's entry runs in a worker thread, not in thread ${threadId}`);
  host(workerData as Birth, port, realWorld(reached), make);
}

function host(birth: Birth, port: MessagePort, world: World, make: (home: Home) => Body): void {
  const post = (message: FromWorker) => port.postMessage(message);
  const fail = (error: unknown) => {
    post({ type: 'failed', error: writeError(error) });
    // A failed worker holds connections and half-done work: ending the thread is the only clean slate.
    setImmediate(() => process.exit(1));
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  const body = make({
    birth,
    world,
    tell: (fact) => outbox.tell(fact),
    joinedAs: (memberId) => post({ type: 'member', memberId }),
    fail,
  });
  const outbox = createOutbox(world, post, () => body.digest());

  const answer = async (id: number, question: Question) => {
    try {
      const value = question.type === 'flush' ? null : await refuseIfAbsent(body.ask, question.type)(question);
      outbox.flush();
      post({ type: 'answer', id, answer: value });
    } catch (error) {
      post({ type: 'refusal', id, error: writeError(error) });
    }
  };
  const stop = async () => {
    await body.stop();
    outbox.flush();
    outbox.close();
    port.close();
    setImmediate(() => process.exit(0));
  };
  const on: { [T in ToWorker['type']]: (message: Extract<ToWorker, { type: T }>) => void } = {
    'apply-knobs': ({ knobs }) => {
      body.applyKnobs?.(knobs);
      outbox.flush();
    },
    pause: () => body.pause?.(),
    resume: () => body.resume?.(),
    hang: ({ forMs }) => block(world, forMs),
    stop: () => void stop().catch(fail),
    'start-load': ({ plan }) => body.startLoad?.(plan),
    'stop-load': () => body.stopLoad?.(),
    ask: ({ id, question }) => void answer(id, question),
  };
  port.on('message', (message: ToWorker) => (on[message.type] as (m: ToWorker) => void)(message));
  body.start().then(() => {
    outbox.flush();
    post({ type: 'ready' });
  }, fail);
}

function refuseIfAbsent(ask: Body['ask'], type: string): NonNullable<Body['ask']> {
  if (ask) return ask;
  throw toLunchrushError(new Error(`this worker has no answer to ${type}`));
}

/** Blocks the event loop: no heartbeat, no digest, nothing, as a thread stuck in a computation would. */
function block(world: World, forMs: number): void {
  const until = world.now() + forMs;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (world.now() < until) Atomics.wait(cell, 0, 0, until - world.now());
}
