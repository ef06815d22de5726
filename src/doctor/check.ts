/** How a check ended. `skipped`: it was not run, because one that it needs did not go well. */
export type Level = 'ok' | 'warn' | 'fail' | 'skipped';

/** What a check found, in a sentence without full stop, and where it is not well one sentence of what to do. */
export type Finding = {
  level: Exclude<Level, 'skipped'>;
  found: string;
  fix?: string;
  /** Nothing that builds on it needs to be tried, though it is no more than a warning. */
  isEnd?: boolean;
  /** The same as plain data for `--json`. Never a secret. */
  data?: Record<string, unknown>;
};

/**
 * One row of the table. `part` is the heading it stands under; `name` is its own within that part. `needs` are rows of the
 * same part, all of which must not fail; of `needsOneOf`, ids as `part: name`, one has to go well.
 */
export type Check = {
  part: string;
  name: string;
  /** Whom a failure is laid to: it decides the exit code. */
  blames: 'machine' | 'cluster';
  needs?: readonly string[];
  needsOneOf?: readonly string[];
  /** Milliseconds; 5 s unless said. */
  timeoutMs?: number;
  /** Must end soon after `signal` is aborted. What it throws is a failure of the check. */
  run(signal: AbortSignal): Finding | Promise<Finding>;
};

/** A check that has ended, after `ms`. */
export type Result = Omit<Finding, 'level'> &
  Pick<Check, 'part' | 'name' | 'blames'> & {
    level: Level;
    ms: number;
    /** Of a skipped one: what went wrong in the first place. */
    because?: string;
  };

/** Where a row stands, for rows of other parts that need it. */
export function idOf({ part, name }: Pick<Check, 'part' | 'name'>): string {
  return `${part}: ${name}`;
}

/** All is well. */
export function ok(found: string, data?: Record<string, unknown>): Finding {
  return { level: 'ok', found, ...(data ? { data } : {}) };
}

/** It works, but not as it should. */
export function warn(found: string, fix: string, data?: Record<string, unknown>): Finding {
  return { level: 'warn', found, fix, ...(data ? { data } : {}) };
}

/** It does not work. */
export function fail(found: string, fix: string, data?: Record<string, unknown>): Finding {
  return { level: 'fail', found, fix, ...(data ? { data } : {}) };
}
