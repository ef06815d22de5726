import type { Key } from 'ink';

/** Keys by name, in the order in which Ink's flags are looked at. */
const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['return', 'enter'],
  ['escape', 'esc'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['home', 'home'],
  ['end', 'end'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** A keystroke as the key table writes it; empty for what is no chord. */
export function chordOf(input: string, key: Key): string {
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  const named = NAMED.find(([flag]) => key[flag]);
  if (named) return named[1];
  if (key.ctrl) return `ctrl+${input}`;
  return input === ' ' ? 'space' : input;
}

/** Whether a chord is a character that a text field would take. */
export function isText(chord: string): boolean {
  return chord === 'space' || [...chord].length === 1;
}
