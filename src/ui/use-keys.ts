import { useInput, usePaste } from 'ink';
import { chordOf } from './keys/chord.ts';

/** The one place where keystrokes are heard. Pastes arrive as typed text: the standard input has unwrapped them. */
export function useKeys(press: (chord: string) => void): void {
  useInput((input, key) => {
    const chord = chordOf(input, key);
    if (chord !== '') press(chord);
  });
  usePaste(() => undefined);
}
