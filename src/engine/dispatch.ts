import { type LunchrushError, toLunchrushError, writeError } from '../errors.ts';
import { toKafkaError } from '../kafka/errors.ts';
import { interrupted } from './bounded.ts';
import type { Command, Verb } from './command.ts';
import { run as audit } from './commands/audit.ts';
import { run as broker } from './commands/broker.ts';
import { run as deadLetters } from './commands/dead-letters.ts';
import { run as expect } from './commands/expect.ts';
import { run as failRate } from './commands/fail-rate.ts';
import { run as groups } from './commands/groups.ts';
import { run as hang } from './commands/hang.ts';
import { run as help } from './commands/help.ts';
import { run as kill } from './commands/kill.ts';
import { run as lag } from './commands/lag.ts';
import { run as load } from './commands/load.ts';
import { run as mark } from './commands/mark.ts';
import { run as members } from './commands/members.ts';
import { run as metrics } from './commands/metrics.ts';
import { run as pause } from './commands/pause.ts';
import { run as produce } from './commands/produce.ts';
import { run as quit } from './commands/quit.ts';
import { run as records } from './commands/records.ts';
import { run as replay } from './commands/replay.ts';
import { run as resetOffsets } from './commands/reset-offsets.ts';
import { run as resume } from './commands/resume.ts';
import { run as say } from './commands/say.ts';
import { run as sleep } from './commands/sleep.ts';
import { run as start } from './commands/start.ts';
import { run as stop } from './commands/stop.ts';
import { run as throttle } from './commands/throttle.ts';
import { run as topics } from './commands/topics.ts';
import { run as trace } from './commands/trace.ts';
import { run as wait } from './commands/wait.ts';
import { run as workers } from './commands/workers.ts';
import type { Engine, Result } from './engine.ts';
import type { Hall, Run } from './hall.ts';
import { printCommand } from './language/print.ts';
import { refuseWrites } from './read-only.ts';

/** Who carries out which verb. */
const RUNS: { [V in Verb]: Run<V> } = {
  produce,
  load,
  'fail-rate': failRate,
  throttle,
  workers,
  pause,
  resume,
  stop,
  start,
  kill,
  hang,
  broker,
  replay,
  'reset-offsets': resetOffsets,
  lag,
  metrics,
  topics,
  groups,
  members,
  records,
  trace,
  'dead-letters': deadLetters,
  audit,
  mark,
  wait,
  expect,
  sleep,
  say,
  help,
  quit,
};

/** How many commands were carried out, and how many of them failed. */
export type Tally = { commands: number; failed: number };

/**
 *  COMMAND ─► dispatch ─► RUNS[verb] ─► supervisor, cluster, watcher ─► … ─► EVENT ─► store
 *
 * Commands run beside each other. Each is told as events when it starts, ends or fails; only those change the store.
 */
export function createDispatch(hall: Hall): { dispatch: Engine['dispatch']; tally: Tally } {
  const tally: Tally = { commands: 0, failed: 0 };
  const { emit } = hall.events;
  const dispatch: Engine['dispatch'] = async (command, { signal = NEVER, text } = {}) => {
    const id = ++tally.commands;
    const began = hall.clock.now();
    emit({ type: 'command-started', id, command, text: text ?? printCommand(command) });
    try {
      refuseWrites(hall.pipeline, command);
      const result = await runOf(command.verb)(hall, command, signal);
      emit({ type: 'command-finished', id, forMs: hall.clock.now() - began });
      return result;
    } catch (thrown) {
      tally.failed++;
      const error = failure(thrown, command, signal);
      emit({ type: 'command-failed', id, error: writeError(error) });
      throw error;
    }
  };
  return { dispatch, tally };
}

const NEVER = new AbortController().signal;

/** A verb's run takes the commands of that verb, which the type system cannot follow through a look-up. */
function runOf(verb: Verb): (hall: Hall, command: Command, signal: AbortSignal) => Promise<Result> {
  return RUNS[verb] as (hall: Hall, command: Command, signal: AbortSignal) => Promise<Result>;
}

/** What rejects because the signal fired is an interruption, whatever it is called underneath. */
function failure(thrown: unknown, { verb }: Command, signal: AbortSignal): LunchrushError {
  const error = toLunchrushError(toKafkaError(thrown, verb));
  return signal.aborted && error.code === 'FAULT' ? interrupted() : error;
}
