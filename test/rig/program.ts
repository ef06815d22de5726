import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.ts';
import { type BrokerProcess, brokerOf, dataFoldersIn, killBroker } from './processes.ts';
import { until } from './until.ts';

/** One line of `--json`, as the docs of the script door describe it. */
export type Line = {
  type: 'started' | 'result' | 'event' | 'expectation' | 'error' | 'finished';
  time: string;
  command?: string;
  event?: { type: string; [name: string]: unknown };
  data?: unknown;
  sentence?: string;
  message?: string;
  exit?: number;
};

export type ProgramOptions = {
  /** Options of the command line besides `--json` and the script. Without `--brokers` and `--fresh`: a data folder of its own. */
  args?: string[];
  /** The folder of an earlier run, to go on with its data. */
  dataDir?: string;
  env?: Record<string, string>;
  /** The file to run; the shipped program unless said. */
  main?: string;
};

/** How a program ended. `left` names what it left behind: folders of thrown-away data, and a broker that still runs. */
export type End = { code: number | null; signal: NodeJS.Signals | null; lines: Line[]; stderr: string; left: string[] };

/** A running program. */
export type Program = {
  readonly pid: number;
  readonly dataDir: string;
  readonly lines: readonly Line[];
  readonly stderr: string;
  /** The first line that fits, come or still to come; throws with the tail of stderr when the program ends without it. */
  line(what: string, fits: (line: Line) => boolean): Promise<Line>;
  /** The first event of this type that fits. */
  event(type: string, fits?: (event: NonNullable<Line['event']>) => boolean): Promise<NonNullable<Line['event']>>;
  /** The script has carried out `say TEXT`. */
  said(text: string): Promise<void>;
  /** Its embedded broker. */
  broker(): BrokerProcess;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<End>;
};

/** What a developer's shell must not add to a test. */
const STRIPPED = /^(KAFKA_|LUNCHRUSH_|INVENTORY_|CONSUMER_|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|CI$|VITEST)/;

const SHIPPED = 'dist/main.js';

/** The environment of this process without what would turn a test into another one. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STRIPPED.test(name)));
}

/** A port below those that systems give to clients: tests that run side by side must not all want the default one. */
function somePort(): number {
  return 10_000 + Math.floor(Math.random() * 20_000);
}

/** Starts the built program on a script. Whatever it leaves behind goes with the test. */
export function startProgram(script: string, options: ProgramOptions = {}): Program {
  const { args = [], env = {}, main = SHIPPED } = options;
  const folder = temporaryFolder();
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const dataDir = options.dataDir ?? join(folder, 'data');
  const own = ['--data-dir', dataDir, ...(args.includes('--brokers') ? [] : ['--broker-port', String(somePort())])];
  const where = args.includes('--fresh') ? [] : own;
  const child = spawn(process.execPath, [main, ...args, ...where, '--json', '-e', script], {
    env: { ...cleanEnvironment(), TMPDIR: temporary, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const program = follow(child, dataDir, temporary);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await program.ended;
    for (const left of [dataDir, ...dataFoldersIn(temporary)]) await killBroker(left);
  });
  return program;
}

function follow(child: ChildProcess, dataDir: string, temporary: string): Program {
  const lines: Line[] = [];
  let stderr = '';
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push(JSON.parse(part) as Line);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let end: End | undefined;
  const ended = new Promise<End>((resolve) => {
    child.on('close', (code, signal) => {
      const broker = brokerOf(dataDir);
      const left = [...dataFoldersIn(temporary), ...(broker ? [`broker ${broker.pid}`] : [])];
      end = { code, signal, lines, stderr, left };
      resolve(end);
    });
  });
  const line = (what: string, fits: (line: Line) => boolean) =>
    until(what, () => {
      const found = lines.find(fits);
      if (!found && end) throw new Error(`the program ended (${end.code ?? end.signal})`);
      return found;
    }).catch((cause: Error) => {
      throw new Error(`${cause.message}; no ${what}; its last lines:\n${tail(lines)}\n${stderr}`, { cause });
    });
  return {
    pid: child.pid ?? -1,
    dataDir,
    lines,
    get stderr() {
      return stderr;
    },
    line,
    async event(type, fits = () => true) {
      const found = await line(`event ${type}`, ({ event }) => event?.type === type && fits(event));
      return found.event as NonNullable<Line['event']>;
    },
    async said(text) {
      await line(`say ${text}`, ({ type, command }) => type === 'result' && command === `say ${text}`);
    },
    broker() {
      const found = brokerOf(dataDir);
      if (!found) throw new Error(`no broker holds ${dataDir}`);
      return found;
    },
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

function tail(lines: readonly Line[]): string {
  return lines
    .slice(-8)
    .map((line) => JSON.stringify(line).slice(0, 300))
    .join('\n');
}

/** Runs a script to its end. */
export async function runProgram(script: string, options: ProgramOptions = {}): Promise<End> {
  return await startProgram(script, options).ended;
}

/** Says what went wrong where a script did not end as it should. */
export function expectExit({ code, signal, stderr, lines }: End, wanted = 0): void {
  const faults = lines
    .filter(({ type }) => type === 'error' || type === 'expectation')
    .map((l) => l.message ?? l.sentence);
  expect(code ?? signal, [...faults, stderr].join('\n')).toBe(wanted);
}

/** Data of the last result of a command. */
export function resultOf(lines: readonly Line[], command: string): Record<string, unknown> {
  const found = lines.findLast((line) => line.type === 'result' && line.command === command);
  if (!found) throw new Error(`the program gave no result of ${command}`);
  return found.data as Record<string, unknown>;
}

/** Events of one type, in order. */
export function eventsOf(lines: readonly Line[], type: string): NonNullable<Line['event']>[] {
  return lines.flatMap(({ event }) => (event?.type === type ? [event] : []));
}
