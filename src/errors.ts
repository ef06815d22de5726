/**
 * What can go wrong, as rows: the exit code a row ends a headless run with, and what the user can do about it.
 * Exit codes: 2 options or script wrong · 3 cluster not usable · 4 a command failed · 5 this machine · 70 our fault.
 */
const ROWS = {
  OPTIONS_WRONG: { exit: 2, fix: 'see lunchrush --help' },
  SCRIPT_WRONG: { exit: 2, fix: 'see lunchrush help, or lunchrush help VERB' },
  KAFKA_UNREACHABLE: { exit: 3, fix: 'check the address, and that the broker runs' },
  KAFKA_REFUSED: { exit: 3, fix: 'check the permissions and settings of the cluster' },
  KAFKA_TOPICS_UNFIT: { exit: 3, fix: 'use other topics with --prefix, or recreate them' },
  COMMAND_FAILED: { exit: 4, fix: '' },
  COMMAND_REFUSED: { exit: 4, fix: '' },
  TIMED_OUT: { exit: 4, fix: '' },
  WORKER_FAILED: { exit: 4, fix: '' },
  PARTITION_HALTED: { exit: 4, fix: '' },
  REPLAY_DIFFERS: { exit: 4, fix: 'replay undo keeps the held numbers, replay accept takes the replayed ones' },
  DATA_LOCKED: { exit: 5, fix: 'stop the other program, or choose another folder with --data-dir' },
  DATA_FULL: { exit: 5, fix: 'free some space, or choose another folder with --data-dir' },
  DATA_NOT_WRITABLE: {
    exit: 5,
    fix: 'give yourself the right to write there, or choose another folder with --data-dir',
  },
  DATA_NEWER: { exit: 5, fix: 'use the newer version of lunchrush, or choose another folder with --data-dir' },
  PORT_TAKEN: { exit: 5, fix: 'stop what listens there, or choose another port with --broker-port' },
  BROKER_FAILED: { exit: 5, fix: '' },
  FAULT: { exit: 70, fix: 'please report this, with the output above' },
} as const satisfies Record<string, { exit: number; fix: string }>;

/** The closed list of codes. */
export type ErrorCode = keyof typeof ROWS;

/** How an error is written down to cross a thread wall, a log or `--json`. */
export type WrittenError = { code: ErrorCode; message: string; fix: string; cause?: string };

/** The one error class: a code from the table, a sentence that says what and where, and what to do. */
export class LunchrushError extends Error {
  override readonly name = 'LunchrushError';
  readonly code: ErrorCode;
  /** What the user can do; empty where the sentence says it all. */
  readonly fix: string;

  constructor(code: ErrorCode, sentence: string, options: { fix?: string; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fix = options.fix ?? ROWS[code].fix;
  }

  /** Exit code of a headless run that this error ends. */
  get exitCode(): number {
    return ROWS[this.code].exit;
  }
}

/** Any thrown thing as an error of ours: known ones as they are, all else a FAULT with its cause kept. */
export function toLunchrushError(thrown: unknown): LunchrushError {
  if (thrown instanceof LunchrushError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new LunchrushError('FAULT', message, { cause: thrown });
}

/** Writes an error down; `readError` reads it back on the other side. */
export function writeError(thrown: unknown): WrittenError {
  const error = toLunchrushError(thrown);
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : undefined;
  return { code: error.code, message: error.message, fix: error.fix, ...(cause === undefined ? {} : { cause }) };
}

/** The error that `writeError` wrote down. */
export function readError(written: WrittenError): LunchrushError {
  const { code, message, fix, cause } = written;
  return new LunchrushError(code, message, { fix, ...(cause === undefined ? {} : { cause: new Error(cause) }) });
}
