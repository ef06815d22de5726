import type { Size } from './emulator.ts';
import type { Output } from './stage.ts';

/** What must be in no recording: words that say whose machine it was made on. */
export function assertAnonymous(text: string, words: readonly string[]): void {
  const said = words.filter((word) => word.length > 3 && text.includes(word));
  if (said.length > 0) throw new Error(`the recording says ${said.join(', ')}, and nothing was written`);
}

/** The recording as asciicast v2: a header, then `[seconds, "o", text]` a line. */
export function castOf(output: readonly Output[], { columns, rows }: Size, title: string): string {
  const header = { version: 2, width: columns, height: rows, title, env: { TERM: 'xterm-256color' } };
  const events = output.map(({ at, text }) => [at / 1000, 'o', text]);
  return `${[header, ...events].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
