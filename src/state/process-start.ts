import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemCode } from './files.ts';

function onLinux(pid: number): string | undefined {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim().slice(0, 8);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in brackets that may hold anything; the start time is the 22nd, in ticks since the boot.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : `${boot}-${fields[19]}`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM';
  }
}

/**
 * When a process started, as a word that no other process with the same id shares; undefined if there is no such
 * process. A process id alone proves nothing: ids are used again. Where no start can be told, `running` must do.
 */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return onLinux(pid);
    if (process.platform === 'win32') return isRunning(pid) ? 'running' : undefined;
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return started.trim().replace(/\W+/g, '-') || undefined;
  } catch {
    return isRunning(pid) ? 'running' : undefined;
  }
}
