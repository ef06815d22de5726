/** Why a broker does not start. */
export type LaunchFailure = 'port-taken' | 'locked' | 'full' | 'not-writable' | 'newer-format' | 'failed';

/** A broker that did not start: the kind for programs, a sentence for people. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  readonly kind: LaunchFailure;

  constructor(kind: LaunchFailure, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.kind = kind;
  }
}

/** What Node's file errors mean for a start; what is not here is unexpected. */
const BY_CODE: Partial<Record<string, { kind: LaunchFailure; says: string }>> = {
  ENOSPC: { kind: 'full', says: 'no space is left on the disk of' },
  EDQUOT: { kind: 'full', says: 'your disk quota is used up for' },
  EACCES: { kind: 'not-writable', says: 'you may not write into' },
  EPERM: { kind: 'not-writable', says: 'you may not write into' },
  EROFS: { kind: 'not-writable', says: 'the file system is read-only at' },
  EEXIST: { kind: 'not-writable', says: 'a file stands in the way of the folder' },
  ENOTDIR: { kind: 'not-writable', says: 'a file stands in the way of the folder' },
};

/** Any error of a start as a LaunchError; `where` is the data folder. */
export function toLaunchError(thrown: unknown, where: string): LaunchError {
  if (thrown instanceof LaunchError) return thrown;
  const { code, message } = thrown instanceof Error ? (thrown as NodeJS.ErrnoException) : { code: '', message: thrown };
  const row = BY_CODE[code ?? ''];
  if (row) return new LaunchError(row.kind, `${row.says} ${where}`, { cause: thrown });
  return new LaunchError('failed', `the broker did not start: ${String(message)}`, { cause: thrown });
}
