import type { Clock } from '../engine/clock.ts';
import type { EventStore } from '../engine/store.ts';
import { LunchrushError, toLunchrushError } from '../errors.ts';
import type { PipelineOptions } from '../options.ts';
import type { Leaving } from '../ui/start-console.tsx';
import { type Closers, createClosers } from './closers.ts';
import { openBehindDoors } from './doors.ts';
import type { Entries } from './entries.ts';
import { prepareEvents } from './pipeline.ts';
import { summarise } from './summary.ts';

/** What the console is run with. */
export type ConsoleWorld = { clock: Clock; entries: Entries; version: string };

/** Where there is no terminal to draw on, only a script can be run. */
function refuseWithoutTerminal(): void {
  const dumb = process.env['TERM'] === 'dumb';
  if (process.stdin.isTTY && process.stdout.isTTY && !dumb) return;
  const why = dumb ? 'this terminal (TERM=dumb) cannot show it' : 'this is not a terminal';
  throw new LunchrushError('OPTIONS_WRONG', `the console needs a terminal, and ${why}`, {
    fix: "run a script instead: lunchrush -e 'load 10k; wait idle', or lunchrush --script FILE",
  });
}

/**
 * The console, whole: a frame at once, the pipeline behind it as it comes up, and everything closed again when it is
 * left. Gives the exit code: 0 after q, 128 and its number after a signal.
 */
export async function runConsole(options: PipelineOptions, { clock, entries, version }: ConsoleWorld): Promise<number> {
  refuseWithoutTerminal();
  const { startConsole } = await import('../ui/start-console.tsx');
  const events = prepareEvents(options, clock);
  for (const sentence of options.notes) events.emit({ type: 'warned', sentence });
  const screen = startConsole({ events, clock, look: options, process });
  const closers = createClosers();
  const stop = new AbortController();
  const world = { clock, entries, version, signal: stop.signal, events, hasScreen: true, onEngine: screen.attach };
  const opening = openBehindDoors(options, world, closers).catch(screen.leave);
  const leaving = await screen.left;
  stop.abort();
  await opening;
  return await close(leaving, events, closers, clock);
}

/** Closes what was opened, after the screen was left: what it says is seen. */
async function close(leaving: Leaving, events: EventStore, closers: Closers, clock: Clock): Promise<number> {
  process.stdout.write(`${summarise(events.store.getState(), clock.now()).join('\n')}\n`);
  const broken = await closers.close().then(
    () => undefined,
    (error: unknown) => error,
  );
  const error = leaving.error ?? broken;
  if (error !== undefined) throw toLunchrushError(error);
  return leaving.exit;
}
