import { LunchrushError, toLunchrushError } from '../../errors.ts';
import { throwIfAborted } from '../bounded.ts';
import type { Condition } from '../command.ts';
import type { Expectation } from '../condition.ts';
import type { Result } from '../engine.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { duration } from '../print/quantity.ts';
import { factsIn, look } from './expect.ts';

/** Waits for idle, a condition or an event. Running out of time is an answer (`holds: false`), not an error. */
export const run: Run<'wait'> = async (hall, command, signal) => {
  const deadline = new AbortController();
  const unset = hall.clock.setTimer(command.timeoutMs, () => deadline.abort());
  const either = AbortSignal.any([signal, deadline.signal]);
  const began = hall.clock.now();
  try {
    const expectation = await attempt(hall, command, either);
    throwIfAborted(signal);
    const waitedMs = hall.clock.now() - began;
    refuseIfAway(hall, expectation);
    return answer({ ...expectation, waitedMs }, command.timeoutMs);
  } finally {
    unset();
  }
};

function attempt(hall: Hall, command: CommandOf<'wait'>, signal: AbortSignal): Promise<Expectation> {
  if (command.for === 'idle') return idle(hall, signal);
  return command.for === 'event' ? event(hall, command.event, signal) : condition(hall, command.condition, signal);
}

const HOLDS: Expectation = { holds: true, sentence: '', clauses: [], waitedMs: 0 };

async function idle(hall: Hall, signal: AbortSignal): Promise<Expectation> {
  try {
    await hall.idle(signal);
    return HOLDS;
  } catch (thrown) {
    const error = toLunchrushError(thrown);
    if (error.code !== 'TIMED_OUT') throw error;
    return { ...HOLDS, holds: false, sentence: error.message };
  }
}

async function event({ recall, events }: Hall, name: string, signal: AbortSignal): Promise<Expectation> {
  while (!signal.aborted) {
    if (recall.take(name)) return HOLDS;
    await nextOf((wake) => events.onEvent((each) => each.type === name && wake()), signal);
  }
  return { ...HOLDS, holds: false, sentence: `no event ${name}` };
}

/** Looks at every store commit; what the broker says is asked for more often meanwhile. */
async function condition(hall: Hall, wanted: Condition, signal: AbortSignal): Promise<Expectation> {
  const { store } = hall.events;
  const calm = hall.watcher.hurry();
  try {
    await hall.refresh(factsIn(wanted), signal).catch((thrown: unknown) => signal.aborted || unlessAway(thrown));
    for (;;) {
      const expectation = look(hall, wanted, 0);
      if (expectation.holds || signal.aborted) return expectation;
      await nextOf((wake) => store.subscribe(wake), signal);
    }
  } finally {
    calm();
  }
}

/** Waiting goes on while the cluster is away. */
function unlessAway(thrown: unknown): void {
  const error = toLunchrushError(thrown);
  if (error.code !== 'KAFKA_UNREACHABLE' && error.code !== 'TIMED_OUT') throw error;
}

/** Resolves when something calls `wake`, or when the signal fires. */
function nextOf(hear: (wake: () => void) => () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      unhear();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unhear = hear(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Time that ran out with the cluster away is the cluster's failure. */
function refuseIfAway({ events }: Hall, { holds, sentence }: Expectation): void {
  const { state, reason, address } = events.store.getState().cluster;
  if (!holds && state === 'away') {
    throw new LunchrushError('KAFKA_UNREACHABLE', `Kafka at ${address} is away: ${reason}; ${sentence}`);
  }
}

function answer(expectation: Expectation, timeoutMs: number): Result {
  if (expectation.holds) return { data: expectation, text: [] };
  const sentence = `not within ${duration(timeoutMs)}: ${expectation.sentence}`;
  return { data: { ...expectation, sentence }, text: [sentence] };
}
