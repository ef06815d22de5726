import { type Finding, fail, ok, warn } from '../check.ts';

/**
 * The lock of an embedded broker's folder as it was found. `presence`: that broker answers, is just ending, has gone without
 * taking its lock along, or its process is there and says nothing. `port` is 0 until it serves.
 */
export type FoundLock = { pid: number; port: number; presence: 'there' | 'ending' | 'gone' | 'silent' };

/** Whether a start finds the folder free, or a broker to attach to. */
export function checkLock(lock: FoundLock | undefined): Finding {
  if (!lock) return ok('not in use');
  const { pid, port, presence } = lock;
  const data = { pid, port, presence };
  switch (presence) {
    case 'there':
      return ok(`in use by the embedded broker with process id ${pid}, at 127.0.0.1:${port}; a start attaches`, data);
    case 'gone':
      return ok(`left locked by process ${pid}, which has gone; a start takes it over`, data);
    case 'ending':
      return warn(`the broker with process id ${pid} is ending`, 'wait a moment before the next start', data);
    case 'silent':
      return fail(
        `locked by process ${pid}, which does not answer`,
        `end process ${pid}, or choose another folder with --data-dir`,
        data,
      );
  }
}

/**
 * Whether this version can read the folder.
 * @param format the format the folder is marked with; undefined for one that is new
 * @param readable the newest that this version reads
 */
export function checkFormat(format: number | undefined, readable: number): Finding {
  if (format === undefined) return ok(`nothing there yet; ${readable} will be written`);
  const data = { format, readable };
  if (format <= readable) return ok(`${format}, which this version reads`, data);
  const fix = 'use the newer version of lunchrush, or choose another folder with --data-dir';
  return fail(`${format}; this version reads formats up to ${readable}`, fix, data);
}
