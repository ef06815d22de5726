import type { Position } from './fault.ts';

/** Where reading stands in a text, by characters rather than UTF-16 units, so that columns are what an editor shows. */
export type Cursor = { characters: string[]; index: number; at: Position };

/** A cursor at the start of a source. */
export function openCursor(source: { name: string; text: string }): Cursor {
  return { characters: [...source.text], index: 0, at: { file: source.name, line: 1, column: 1 } };
}

/** The character `ahead` of the cursor, or undefined past the end. */
export function peek(cursor: Cursor, ahead = 0): string | undefined {
  return cursor.characters[cursor.index + ahead];
}

/** Moves on and gives the characters passed, fewer at the end. */
export function step(cursor: Cursor, count = 1): string {
  let passed = '';
  for (let i = 0; i < count; i++) {
    const character = cursor.characters[cursor.index];
    if (character === undefined) break;
    passed += character;
    cursor.index++;
    if (character === '\n') {
      cursor.at.line++;
      cursor.at.column = 1;
    } else cursor.at.column++;
  }
  return passed;
}
