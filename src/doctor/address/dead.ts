import { type Finding, fail } from '../check.ts';
import { type Entry, isAnotherThere } from './entry.ts';

/** An address that nothing comes from: a failure if it is the only way in, a warning if others lead in. */
export async function dead(entry: Entry, found: string, fix: string, signal: AbortSignal): Promise<Finding> {
  if (!(await isAnotherThere(entry, signal))) return fail(found, fix);
  return { level: 'warn', found: `${found}; others are used in its place`, fix, isEnd: true };
}
