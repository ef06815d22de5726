import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A service that takes orders, and the topic it writes them to. */
export type Service = { name: string; port: number; topic: string; child: ChildProcess };

/** Starts a program and waits until it says that it can take orders. */
export async function start(
  { name, port, topic }: { name: string; port: number; topic: string },
  [command, ...args]: [string, ...string[]],
): Promise<Service> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  for (;;) {
    const health = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (health?.ok) return { name, port, topic, child };
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${said}`);
    await wait(50);
  }
}

/** CPU seconds of a process and its children so far; from /proc. */
export function cpuOf({ child }: Service): number {
  const pid = child.pid as number;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
