import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { parse } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PortWish } from '../choose-port.ts';
import { parseReport, type Report } from '../report.ts';

const LAST_LINES = 20;

/** How a process ended: one of the two is null. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A broker process that we started. */
export type Child = {
  /** How its start went; undefined if it ended without a word. */
  readonly report: Promise<Report | undefined>;
  readonly exited: Promise<Exit>;
  /** What it wrote to stderr last. */
  lastWords(): string;
  /** Whether our process has to wait for it. */
  hold(held: boolean): void;
};

/** Starts a broker process, apart from the terminal's process group: Ctrl+C must not reach it before its consoles are done. */
export function startChild(entry: URL, dataDir: string, wish: PortWish): Child {
  const args = [...nodeArguments(entry), fileURLToPath(entry), ...brokerArguments(dataDir, wish)];
  const child = spawn(process.execPath, args, {
    detached: true,
    cwd: parse(dataDir).root,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const words: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    words.push(line);
    if (words.length > LAST_LINES) words.shift();
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => {
      words.push(error.message);
      resolve({ code: null, signal: null });
    });
  });
  const report = new Promise<Report | undefined>((resolve) => {
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => resolve(parseReport(line)));
    lines.once('close', () => resolve(undefined));
  });
  const handles = [child, child.stdout as Socket, child.stderr as Socket];
  const hold = (held: boolean) => {
    for (const handle of handles) held ? handle.ref() : handle.unref();
  };
  return { report, exited, lastWords: () => words.join('\n'), hold };
}

function brokerArguments(dataDir: string, { port, fallbackFrom }: PortWish): string[] {
  const fallback = fallbackFrom === undefined ? [] : ['--fallback-from', String(fallbackFrom)];
  return ['--data-dir', dataDir, '--port', String(port), ...fallback, '--linked'];
}

/** From TypeScript the child needs the same loader as we. */
function nodeArguments(entry: URL): string[] {
  if (!entry.pathname.endsWith('.ts')) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}
