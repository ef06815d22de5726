import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './folder.ts';

/** An embedded broker as a process of its own, outside of every program. */
export type RigBroker = {
  readonly address: string;
  readonly port: number;
  kill(): Promise<void>;
  /** Comes back on the same folder and port. */
  restart(): Promise<void>;
};

async function start(dataDir: string, port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['dist/broker/main.js', '--data-dir', dataDir, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!child.stdout) throw new Error('the broker has no stdout');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const report = JSON.parse(line) as { started?: { port: number } };
  if (!report.started) throw new Error(`the broker did not start: ${line}`);
  return { child, port: report.started.port };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Starts an embedded broker on a free port; it ends with the test. */
export async function startBroker(): Promise<RigBroker> {
  const dataDir = temporaryFolder();
  let { child, port } = await start(dataDir, 0);
  onTestFinished(() => end(child));
  return {
    address: `127.0.0.1:${port}`,
    port,
    kill: () => end(child),
    async restart() {
      ({ child, port } = await start(dataDir, port));
    },
  };
}
