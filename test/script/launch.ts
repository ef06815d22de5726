import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** What can be seen of a run of the built program from outside. */
export type Outcome = { code: number | null; stdout: string; stderr: string };

/** A run under way. */
export type Launch = {
  done: Promise<Outcome>;
  /** Resolves when stdout holds this text; rejects when the program ends before. */
  shows(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Stops reading stdout, as `head` does when it has enough. */
  closePipe(): void;
  /** Processes that this run has started and that still live, itself included. */
  alive(): number[];
};

const running = new Set<ChildProcess>();

/** Ends what a test that failed has left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts the built program as a user would, with nothing of our environment that it would read. */
export function launch(
  args: string[],
  { input = '', env = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
): Launch {
  const mark = `LAUNCH_MARK=${randomUUID()}`;
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LAUNCH_MARK: mark.split('=')[1], ...env },
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.stderr += text));
  child.stdin.end(input);
  running.add(child);
  child.on('close', () => running.delete(child));
  const done = new Promise<Outcome>((resolve) => child.on('close', (code) => resolve({ code, ...seen })));
  const shows = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => seen.stdout.includes(text) && resolve();
      child.stdout.on('data', look);
      child.on('close', (code) => reject(new Error(`ended with ${code} before it showed ${text}: ${seen.stderr}`)));
      look();
    });
  return {
    done,
    shows,
    kill: (signal) => child.kill(signal),
    closePipe: () => child.stdout.destroy(),
    alive: () => processesWith(mark),
  };
}

/** Runs the built program to its end. */
export function run(...args: string[]): Promise<Outcome> {
  return launch(args).done;
}

/** Processes whose environment holds this entry; Linux only. */
function processesWith(entry: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(entry);
      } catch {
        return false; // It ended meanwhile, or belongs to somebody else.
      }
    })
    .map(Number);
}
