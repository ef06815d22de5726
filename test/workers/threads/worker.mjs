// A worker without Kafka: speaks the messages of the thread wall, and does what its slot's number or a question says.
import { parentPort, workerData } from 'node:worker_threads';

const { slot, incarnation, groupId, topics, run } = workerData;
const kind = slot.split('/')[0];
let { knobs } = workerData;
let isPaused = workerData.paused;
let phase = 'idle';

const post = (message) => parentPort.postMessage(message);
const tell = (fact) => post({ type: 'fact', fact: { slot, ...fact }, at: Date.now() });
const digest = () =>
  post({
    type: 'digest',
    digest: {
      kind,
      slot,
      incarnation,
      at: Date.now(),
      state: isPaused ? 'paused' : 'running',
      appliedRevision: knobs.revision,
      phase,
      // What it was told at its birth.
      run,
    },
  });

/** Behaviours of a test, named by the prefix it gives the topic: how this thread begins. */
const begin = {
  'dies-at-start': () => {
    throw new Error('no stock at all');
  },
  'dies-twice': () => {
    if (incarnation <= 2) throw new Error(`death ${incarnation}`);
  },
  'is-refused': () => {
    if (incarnation > 3) return;
    const error = { code: 'KAFKA_REFUSED', message: 'the user needs Read on Group g', fix: 'kafka-acls' };
    post({ type: 'failed', error });
    process.exit(1);
  },
  prints: () => console.log(`hello from ${slot}`),
}[topics.orders];
begin?.();

const on = {
  pause() {
    isPaused = true;
    tell({ type: 'worker-paused' });
  },
  resume() {
    isPaused = false;
    tell({ type: 'worker-resumed' });
  },
  'apply-knobs'(message) {
    knobs = message.knobs;
    digest();
  },
  stop() {
    if (topics.orders === 'will-not-stop') return;
    parentPort.close();
    setImmediate(() => process.exit(0));
  },
  hang({ forMs }) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
  },
  'start-load'({ plan }) {
    if (phase === 'running') throw new Error('a load is running');
    phase = 'running';
    tell({ type: 'load-started', plan });
  },
  'stop-load'() {
    phase = 'done';
    tell({ type: 'load-finished', stopped: true });
  },
  ask({ id, question }) {
    if (question.type === 'flush') {
      digest();
      return post({ type: 'answer', id, answer: null });
    }
    if (question.type === 'preview-replay') {
      const error = { code: 'COMMAND_REFUSED', message: 'not now', fix: 'later' };
      return post({ type: 'refusal', id, error });
    }
    // Any other question is answered by nothing: the thread dies of it.
    if (question.type === 'start-replay') throw new Error('died of a question');
    post({ type: 'answer', id, answer: null });
  },
};
parentPort.on('message', (message) => on[message.type](message));
post({ type: 'member', memberId: `${slot}-${incarnation}-of-${groupId}` });
digest();
post({ type: 'ready' });
