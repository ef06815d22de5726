import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import type { Memory } from '../doctor/machine/memory.ts';
import { openFileLimit } from '../doctor/machine/open-files.ts';
import type { Terminal } from '../doctor/machine/terminal.ts';
import type { Subject } from '../doctor/subject.ts';

/** What can be known of this machine and process. */
export function thisMachine(): Subject['machine'] {
  return {
    nodeVersion: process.version,
    system: { platform: platform(), arch: arch(), release: release(), cpus: cpus().length },
    terminal: terminal(),
    clocks: { wall: Date.now, monotonic: () => performance.now(), sleep: (ms) => sleep(ms) },
    memory: memory(),
    openFiles: () => openFileLimit(platform()),
  };
}

/** Raw mode is not entered: that it could be is enough. */
function terminal(): Terminal {
  const { stdin, stdout, env } = process;
  return {
    stdin: stdin.isTTY === true,
    stdout: stdout.isTTY === true,
    raw: typeof stdin.setRawMode === 'function',
    ...(stdout.isTTY ? { columns: stdout.columns, rows: stdout.rows, colorDepth: stdout.getColorDepth() } : {}),
    env,
    platform: platform(),
  };
}

/** What a container leaves us is told by newer versions of Node only. */
function memory(): Memory {
  const limit = process.constrainedMemory?.();
  const available = process.availableMemory?.() ?? freemem();
  const heapLimit = getHeapStatistics().heap_size_limit;
  return { total: totalmem(), available, heapLimit, ...(limit ? { limit } : {}) };
}
