import { stripVTControlCharacters } from 'node:util';

/** A painting without its escapes. */
export function stripped(text: string): string {
  return stripVTControlCharacters(text);
}
