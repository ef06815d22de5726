import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.ts';
import { cleanEnvironment } from './program.ts';
import { until } from './until.ts';

/** One line of a worker's log. */
export type LogLine = { level: string; event: string; msg: string; [field: string]: unknown };

export type WorkerOptions = {
  brokers: readonly string[];
  /** Options of the command line besides brokers and data folder. */
  args?: string[];
  /** Where its state is; a folder of its own unless said. */
  dataDir?: string;
  env?: Record<string, string>;
  /** The file to run; the shipped program unless said. */
  main?: string;
};

/** A worker as a process of its own. */
export type WorkerProcess = {
  readonly pid: number;
  readonly lines: readonly LogLine[];
  readonly stderr: string;
  /** The first line about this event that fits, past or to come; throws with its last lines when the process ends without it. */
  line(event: string, fits?: (line: LogLine) => boolean): Promise<LogLine>;
  signal(signal: NodeJS.Signals): void;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
};

const SHIPPED = 'dist/main.js';

/** Starts `lunchrush worker …`; whatever is left of it goes with the test. */
export function startWorker(kind: string, options: WorkerOptions, ...words: string[]): WorkerProcess {
  const { brokers, args = [], env = {}, main = SHIPPED } = options;
  const dataDir = options.dataDir ?? temporaryFolder();
  const all = ['worker', kind, ...words, '--brokers', brokers.join(','), '--data-dir', dataDir, ...args];
  const child = spawn(process.execPath, [main, ...all], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: LogLine[] = [];
  let [stderr, rest] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(JSON.parse(part) as LogLine);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  let end: number | NodeJS.Signals | undefined;
  void ended.then((value) => {
    end = value;
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const tail = () => [...lines.slice(-6).map((line) => JSON.stringify(line).slice(0, 300)), stderr].join('\n');
  return {
    pid: child.pid ?? -1,
    lines,
    get stderr() {
      return stderr;
    },
    async line(event, fits = () => true) {
      const what = `${kind} worker: ${event}`;
      const look = () => {
        const found = lines.find((line) => line.event === event && fits(line));
        if (!found && end !== undefined) throw new Error(`it ended (${end})`);
        return found;
      };
      return await until(what, look).catch((cause: Error) => {
        throw new Error(`${what}: ${cause.message}; its last lines:\n${tail()}`, { cause });
      });
    },
    signal: (signal) => void child.kill(signal),
    ended,
  };
}
