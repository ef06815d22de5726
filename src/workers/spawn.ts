import { Worker } from 'node:worker_threads';
import type { Birth } from './messages.ts';

/** Starts a thread from its entry. A TypeScript entry registers its loader inside the thread: on Node 20 `execArgv` cannot. */
export function spawnThread(entry: URL, birth: Birth): Worker {
  const options = { workerData: birth, name: birth.slot, stdout: true, stderr: true };
  if (!entry.pathname.endsWith('.ts')) return new Worker(entry, { ...options, execArgv: [] });
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}); })`;
  return new Worker(code, { ...options, eval: true });
}
