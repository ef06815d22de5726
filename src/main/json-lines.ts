import { toLunchrushError } from '../errors.ts';
import type { Out } from '../script/out.ts';

/** Raised when a reader of the lines would have to change. */
const FORMAT = 1;

/** Tells what a program finds as one object a line, as the script door does. */
export type JsonLines = {
  started(version: string): void;
  line(fields: { type: string; [name: string]: unknown }): void;
  /** Why nothing came of it; stderr says it too. */
  error(thrown: unknown): void;
  finished(exit: number): void;
};

/** Lines on `stdout`; times are ISO. */
export function jsonLines(stdout: Out): JsonLines {
  const line: JsonLines['line'] = (fields) => {
    const { type, ...rest } = fields;
    stdout.write(`${JSON.stringify({ type, time: new Date().toISOString(), ...rest })}\n`);
  };
  return {
    started: (version) => line({ type: 'started', version, format: FORMAT }),
    line,
    error(thrown) {
      const { code, message, fix } = toLunchrushError(thrown);
      line({ type: 'error', code, message, fix });
    },
    finished: (exit) => line({ type: 'finished', exit }),
  };
}
