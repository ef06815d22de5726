import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../rig/free-port.ts';
import { type BrokerProcess, brokerOf, killBroker } from '../rig/processes.ts';
import { until } from '../rig/until.ts';

/** `lunchrush serve` as a process of its own. */
export type Service = {
  readonly orders: string;
  readonly analytics: string;
  readonly stdout: string;
  readonly stderr: string;
  broker(): BrokerProcess;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<number | null>;
  /** Ends what still runs, and removes its data. */
  close(): Promise<void>;
};

/** What a developer's shell must not add to a test. */
const STRIPPED = /^(KAFKA_|LUNCHRUSH_|INVENTORY_|CONSUMER_|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$|CI$|VITEST)/;

function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !STRIPPED.test(name)));
}

/** Starts the built program with its doors on free ports; embedded unless the arguments name brokers. */
export async function startService(
  args: readonly string[] = [],
  { env = {}, main = 'dist/main.js' }: { env?: Record<string, string>; main?: string } = {},
): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'lunchrush-test-'));
  const [orders, analytics] = [await freePort(), await freePort()];
  const ports = ['--orders-port', String(orders), '--analytics-port', String(analytics)];
  const own = args.includes('--brokers') ? [] : ['--broker-port', String(await freePort())];
  const where = ['--data-dir', folder, '--metrics-file', join(folder, 'metrics.txt'), ...own, ...ports];
  const child = spawn(process.execPath, [main, 'serve', ...where, ...args], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (seen.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (seen.stderr += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
    await killBroker(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  try {
    await until('the doors', () => {
      if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
      return seen.stderr.includes('orders at http');
    });
  } catch (cause) {
    await close();
    throw new Error(`no service:\n${seen.stderr}`, { cause });
  }
  return {
    orders: `http://127.0.0.1:${orders}`,
    analytics: `http://127.0.0.1:${analytics}`,
    get stdout() {
      return seen.stdout;
    },
    get stderr() {
      return seen.stderr;
    },
    broker() {
      const found = brokerOf(folder);
      if (!found) throw new Error('there is no broker');
      return found;
    },
    kill: (signal) => void child.kill(signal),
    ended,
    close,
  };
}

/** Waits until the pipeline runs. */
export async function untilReady({ orders }: Pick<Service, 'orders'>): Promise<void> {
  await until('a pipeline that runs', async () => (await fetch(`${orders}/ready`)).ok);
}

/** Posts JSON, or nothing at all. */
export function post(url: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const type = { 'content-type': 'application/json' };
  return fetch(url, {
    method: 'POST',
    ...(body === undefined ? { headers } : { body: JSON.stringify(body), headers: { ...type, ...headers } }),
  });
}

/** Posts JSON and gives status and answer. */
export async function ask(url: string, body?: unknown): Promise<{ status: number; answer: Record<string, unknown> }> {
  const response = await post(url, body);
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

/** Gets JSON. */
export async function look(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}
