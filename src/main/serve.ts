import type { Clock } from '../engine/clock.ts';
import type { Event } from '../engine/event.ts';
import type { Options } from '../options.ts';
import { closedPipe } from '../script/pipe.ts';
import { catchSignals, interruptionOf } from '../script/signals.ts';
import { createClosers } from './closers.ts';
import { doorNotes, openHttp } from './doors.ts';
import type { Entries } from './entries.ts';
import { logFacts } from './fact-log.ts';
import { openPipeline, prepareEvents } from './pipeline.ts';

type ServeOptions = Extract<Options, { mode: 'serve' }>;

/** What a service is run with. */
export type ServeWorld = { clock: Clock; entries: Entries; version: string };

/**
 * The pipeline without a terminal, until a signal ends it: first the doors close, after what is under way, then the
 * pipeline. Gives the exit code.
 */
export async function runServe(options: ServeOptions, { clock, entries, version }: ServeWorld): Promise<number> {
  const signals = catchSignals(process);
  const signal = AbortSignal.any([signals.signal, closedPipe(process.stdout), closedPipe(process.stderr)]);
  const log = await openLog(options.json);
  const events = prepareEvents(options, clock);
  events.onEvent(log.fact);
  for (const note of options.notes) log.note(note);
  const closers = createClosers();
  try {
    // Doors stand open before the pipeline does: a port that is taken is found before anything starts.
    const doors = await openHttp(options.http, { events, clock, version });
    for (const note of doorNotes(doors, options.http)) log.note(note);
    try {
      await openPipeline(options, { clock, entries, signal, events, onEngine: doors.attach }, closers);
      await aborted(signal);
    } finally {
      await doors.close();
    }
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    await closers.close();
    signals.release();
  }
  return interruptionOf(signal)?.exit ?? 0;
}

type Log = { fact(event: Event): void; note(sentence: string): void };

/** What happens goes to stderr: stdout is for the numbers. */
async function openLog(json: boolean): Promise<Log> {
  if (json) return (await import('./fact-log-json.ts')).logFactsAsJson(process.stderr.fd);
  return { fact: logFacts(process.stderr), note: (sentence) => process.stderr.write(`${sentence}\n`) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
