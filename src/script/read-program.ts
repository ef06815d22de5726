import type { Source } from '../engine/language/lex.ts';
import { type Program, parse } from '../engine/language/parse.ts';
import { LunchrushError } from '../errors.ts';

/** Where scripts come from; both reject as Node's own do. */
export type Readers = { readFile(path: string): Promise<string>; readStdin(): Promise<string> };

/** What to run: a file (or stdin for `-`), then the lines of `-e`. */
export type Script = { script?: string; lines: readonly string[] };

/** Reads and checks a script where nobody can be asked. Throws OPTIONS_WRONG when its file cannot be read. */
export async function readProgram({ script, lines }: Script, readers: Readers, now: number): Promise<Program> {
  const file = script === undefined ? [] : [await readSource(script, readers)];
  const given = lines.map((text, i) => ({ name: i === 0 ? '-e' : `-e#${i + 1}`, text }));
  return parse([...file, ...given], { now, unattended: true });
}

async function readSource(script: string, { readFile, readStdin }: Readers): Promise<Source> {
  if (script === '-') return { name: '-', text: await readStdin() };
  try {
    return { name: script, text: await readFile(script) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LunchrushError('OPTIONS_WRONG', `--script: ${script} cannot be read: ${reason}`, { cause, fix: '' });
  }
}
