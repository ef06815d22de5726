import { toLunchrushError, writeError } from '../errors.ts';
import type { LogSink } from '../kafka/client.ts';
import { type Fault, toKafkaError } from '../kafka/errors.ts';
import type { Answer, Birth, Digest, FromWorker, Knobs, LoadPlan, Question, ToWorker, WorkerFact } from './messages.ts';
import { createOutbox } from './outbox.ts';
import type { World } from './world.ts';

/** What a worker's own code gets from its host. */
export type Home = {
  birth: Birth;
  world: World;
  /** Tells a fact at once. */
  tell(fact: WorkerFact): void;
  /** Tells which member id this worker holds now, so that it can be left for if the worker dies. */
  joinedAs(memberId: string): void;
  /** Ends the worker with a reason: whoever started it replaces it. */
  fail(error: unknown): void;
  /** Hears what kafkajs has to say; absent where nobody listens. */
  log?: LogSink;
  /** Hears how it stands with the cluster; absent where nobody listens. */
  contact?: Contact;
};

/** What a worker hears of its cluster between facts. */
export type Contact = {
  /** The cluster has answered: it counts on this worker. */
  answered(): void;
  /** Something did not work and is tried again, such as asking a broker that is away. */
  trouble(fault: Fault): void;
};

/** How long a body's stop may take before it is ended from outside, ms: a slice and a send's deadline fit in. */
export const STOP_DEADLINE_MS = 12_000;

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

/** The worker's side of the wall: the port of a thread, or a driver in the same process. */
export type Channel = {
  post(message: FromWorker): void;
  hear(listener: (message: ToWorker) => void): void;
  /** The worker hears nothing more. */
  close(): void;
  /** Ends what the worker runs in: 0 after a clean stop. */
  end(code: number): void;
};

/** What a body is hosted with; `log` and `contact` are handed on to it. */
export type Hosting = Pick<Home, 'birth' | 'world' | 'log' | 'contact'> & { channel: Channel };

/** Runs a body until the channel tells it to stop, or until it fails. */
export function hostBody({ birth, world, channel, ...ears }: Hosting, make: (home: Home) => Body): void {
  const { post } = channel;
  const fail = (error: unknown) => {
    post({ type: 'failed', error: writeError(toKafkaError(error, 'the cluster refuses')) });
    // A failed worker holds connections and half-done work: ending what it runs in is the only clean slate.
    setImmediate(() => channel.end(1));
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  const body = make({
    birth,
    world,
    tell: (fact) => outbox.tell(fact),
    joinedAs: (memberId) => post({ type: 'member', memberId }),
    fail,
    ...ears,
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
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await body.stop();
    outbox.flush();
    outbox.close();
    channel.close();
    setImmediate(() => channel.end(0));
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
  channel.hear((message) => (on[message.type] as (m: ToWorker) => void)(message));
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
