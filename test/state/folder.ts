import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type Files, type Means, machineFiles } from '../../src/state/files.ts';

const made: string[] = [];

/** A folder of the test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lunchrush-state-'));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What a crash is in these tests: the work ends at a named point and nothing after it happens. */
export class Crash extends Error {}

/** The machine's files, ending the work at a point. */
export function crashingAt(point: string): Means {
  return {
    files: machineFiles,
    reached: (name) => {
      if (name === point) throw new Crash(point);
    },
  };
}

/** The machine's files, some of them failing with a system code. */
export function failing(names: (keyof Files)[], code: string): Means {
  const fail = async () => {
    throw Object.assign(new Error(`${code}: told to fail`), { code });
  };
  const files = { ...machineFiles, ...Object.fromEntries(names.map((name) => [name, fail])) };
  return { files, reached: () => undefined };
}
