import type { Clock } from '../engine/clock.ts';
import type { Event } from '../engine/event.ts';
import { type LunchrushError, toLunchrushError } from '../errors.ts';
import type { Options } from '../options.ts';
import { closedPipe } from '../script/pipe.ts';
import { catchSignals, interruptionOf } from '../script/signals.ts';
import { createClosers } from './closers.ts';
import { openBehindDoors } from './doors.ts';
import type { Entries } from './entries.ts';
import { logFacts } from './fact-log.ts';
import { prepareEvents } from './pipeline.ts';

type ServeOptions = Extract<Options, { mode: 'serve' }>;

/** What a service is run with. */
export type ServeWorld = { clock: Clock; entries: Entries; version: string };

/** The pipeline without a terminal, behind its doors, until a signal ends it. Gives the exit code. */
export async function runServe(options: ServeOptions, { clock, entries, version }: ServeWorld): Promise<number> {
  const signals = catchSignals(process);
  const signal = AbortSignal.any([signals.signal, closedPipe(process.stdout), closedPipe(process.stderr)]);
  const log = await openLog(options.json);
  const events = prepareEvents(options, clock);
  events.onEvent(log.fact);
  for (const sentence of options.notes) log.note(sentence);
  const closers = createClosers();
  try {
    // Who reads JSON has the numbers from the doors.
    const report = options.json ? {} : { report: process.stdout };
    const world = { clock, entries, version, signal, events, note: log.note, ...report };
    await openBehindDoors(options, world, closers);
    await aborted(signal);
  } catch (thrown) {
    if (!signal.aborted) return log.fail(toLunchrushError(thrown));
  } finally {
    await closers.close();
    signals.release();
  }
  return interruptionOf(signal)?.exit ?? 0;
}

/** `fail` tells what ends the program, and gives its exit code or throws. */
type Log = { fact(event: Event): void; note(sentence: string): void; fail(error: LunchrushError): number };

/** What happens goes to stderr: stdout is for the numbers. */
async function openLog(json: boolean): Promise<Log> {
  if (json) return (await import('./fact-log-json.ts')).logFactsAsJson(process.stderr.fd);
  return {
    fact: logFacts(process.stderr),
    note: (sentence) => process.stderr.write(`${sentence}\n`),
    fail: (error) => {
      throw error;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
