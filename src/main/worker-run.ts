import { printLoad } from '../engine/commands/load.ts';
import { NO_LATENCY } from '../engine/state.ts';
import { createAnalytics } from '../workers/analytics/worker.ts';
import type { Body, Home } from '../workers/host.ts';
import { createInventory } from '../workers/inventory/worker.ts';
import { createLoad } from '../workers/load/worker.ts';
import type { Digest, FromWorker, LoadPlan, WorkerFact, WorkerKind } from '../workers/messages.ts';
import { heartbeatOf } from '../workers/process/heartbeat.ts';
import { type Running, runInProcess } from '../workers/process/run.ts';
import { bearWorker, type Ground } from './worker-birth.ts';

/** How often a line says where the worker stands, ms. */
const HEARTBEAT_MS = 10_000;

const BODIES: Record<WorkerKind, (home: Home) => Body> = {
  inventory: createInventory,
  analytics: createAnalytics,
  load: createLoad,
};

/** Runs one worker until the signal ends it, or, of load, until `plan` is through; rejects with what it cannot survive. */
export async function runOwnWorker(ground: Ground, plan?: LoadPlan): Promise<void> {
  const { world, log, follower, signal } = ground;
  const { birth, members } = await bearWorker(ground);
  let digest: Digest | undefined;
  let wasReady = false;
  const tellReadiness = (digest: Digest) => {
    const { ready, reason } = follower.read();
    if (ready && !wasReady) log.line('info', 'ready', 'does its work', heartbeatOf(digest).fields);
    if (!ready && wasReady && !signal.aborted) log.line('info', 'unready', reason);
    wasReady = ready;
  };
  const hearFact = (fact: WorkerFact) => {
    log.fact(fact);
    if (fact.type !== 'load-finished') return;
    // The log is for programs; a person at a terminal gets the report as a script prints it.
    if (process.stderr.isTTY) process.stderr.write(`${printLoad(fact.report, fact.stopped, NO_LATENCY).join('\n')}\n`);
    running.stop();
  };
  const hear = (message: FromWorker) => {
    follower.hear(message);
    if (message.type === 'fact') hearFact(message.fact);
    if (message.type === 'digest') {
      digest = message.digest;
      tellReadiness(digest);
    }
    if (message.type === 'member') members?.remember(message.memberId);
    if (message.type === 'ready' && plan) running.tell({ type: 'start-load', plan });
  };
  const contact: Home['contact'] = {
    answered: follower.answered,
    trouble({ sentence }) {
      follower.troubled(sentence);
      log.trouble(sentence);
    },
  };
  const running: Running = runInProcess(BODIES[ground.options.kind], { birth, world, hear, log: log.kafkajs, contact });
  const stop = () => {
    follower.stopping();
    log.line('info', 'stopping', 'finishes what is in hand');
    running.stop();
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const beating = setInterval(() => digest && log.heartbeat(digest), HEARTBEAT_MS);
  await running.ended.finally(() => clearInterval(beating));
  await members?.forgetOwn();
}
