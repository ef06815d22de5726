import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Clock } from '../engine/clock.ts';
import { manual, nearestTopic } from '../engine/language/manual.ts';
import { nearest } from '../engine/language/nearest.ts';
import { readDuration, readFraction } from '../engine/language/quantity.ts';
import { LunchrushError, toLunchrushError } from '../errors.ts';
import { type Options, readOptions } from '../options.ts';
import { type HeadlessOptions, runHeadless } from '../script/headless.ts';
import { catchSignals } from '../script/signals.ts';
import { runAudit } from './audit.ts';
import { runBroker } from './broker-alone.ts';
import { runBrokerCheck } from './broker-check.ts';
import { createClosers } from './closers.ts';
import { printCompletion } from './completion.ts';
import { printConfig } from './config.ts';
import { runConsole } from './console.ts';
import { runDoctor } from './doctor.ts';
import { openBehindDoors } from './doors.ts';
import { type Entries, entriesBeside } from './entries.ts';
import { prepareEvents } from './pipeline.ts';
import { runServe } from './serve.ts';

/** What the program is started with: where its main file is, its version, and, in tests, other entries and what happens at crash points. */
export type Start = { main: string; version: string; entries?: Entries; reached?: (name: string) => void };

const clock: Clock = {
  now: Date.now,
  setTimer(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

/** Runs the program as the command line says, and gives its exit code. Never rejects. */
export async function runProgram(start: Start): Promise<number> {
  try {
    const quantities = { fraction: readFraction, duration: readDuration };
    const options = readOptions({
      argv: process.argv.slice(2),
      env: process.env,
      version: start.version,
      quantities,
      nearest,
    });
    return await RUN[options.mode](options as never, start);
  } catch (thrown) {
    const error = toLunchrushError(thrown);
    process.stderr.write(`lunchrush: ${error.message}${error.fix ? ` (${error.fix})` : ''}\n`);
    if (error.code === 'FAULT' && thrown instanceof Error) process.stderr.write(`${thrown.stack}\n`);
    return error.exitCode;
  }
}

type Run<M extends Options['mode']> = (
  options: Extract<Options, { mode: M }>,
  start: Start,
) => Promise<number> | number;

const RUN: { [M in Options['mode']]: Run<M> } = {
  script: runScriptDoor,
  console: (options, start) => runConsole(options, worldOf(start)),
  broker: runBroker,
  'broker-check': runBrokerCheck,
  serve: (options, start) => runServe(options, worldOf(start)),
  async worker(options, { version, reached }) {
    const { runWorker } = await import('./worker.ts');
    return runWorker(options, { version, clock, reached });
  },
  audit: (options, start) =>
    runAudit(options, { clock, version: start.version, entries: start.entries ?? entriesBeside(start.main) }),
  doctor: (options, start) =>
    runDoctor(options, { version: start.version, entries: start.entries ?? entriesBeside(start.main) }),
  config: printConfig,
  completion: printCompletion,
  help: printManual,
  shown: ({ text: shown }) => print(shown),
};

function worldOf({ main, version, entries }: Start) {
  return { clock, version, entries: entries ?? entriesBeside(main) };
}

function printManual({ topic, program }: Extract<Options, { mode: 'help' }>): number {
  const lines = manual(topic) ?? (program === undefined ? undefined : [program]);
  if (lines) return print(lines.join('\n'));
  const near = nearestTopic(topic ?? '');
  throw new LunchrushError(
    'OPTIONS_WRONG',
    `there is no help on "${topic}"`,
    near ? { fix: `did you mean ${near}?` } : {},
  );
}

function print(shown: string): number {
  process.stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
  return 0;
}

async function runScriptDoor(
  options: HeadlessOptions & Extract<Options, { mode: 'script' }>,
  start: Start,
): Promise<number> {
  const signals = catchSignals(process);
  try {
    return await runHeadless(options, {
      version: start.version,
      clock,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: signals.signal,
      readFile: (path) => readFile(path, 'utf8'),
      readStdin: () => text(process.stdin),
      async open(signal) {
        const closers = createClosers();
        const events = prepareEvents(options, clock);
        const note = (sentence: string) => process.stderr.write(`${sentence}\n`);
        const world = { ...worldOf(start), signal, events, note };
        try {
          return { engine: await openBehindDoors(options, world, closers), close: closers.close };
        } catch (error) {
          await closers.close().catch(() => {});
          throw error;
        }
      },
    });
  } finally {
    signals.release();
  }
}
