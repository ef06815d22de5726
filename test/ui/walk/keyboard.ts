import { ACTIONS } from '../../../src/ui/actions/table.ts';
import type { TerminalRun } from '../../rig/terminal.ts';

const ESC = '\u001b';

/** What terminals send for the named chords of the key table. */
const RAW: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: ESC,
  tab: '\t',
  'shift+tab': `${ESC}[Z`,
  space: ' ',
  up: `${ESC}[A`,
  down: `${ESC}[B`,
  right: `${ESC}[C`,
  left: `${ESC}[D`,
  home: `${ESC}[H`,
  end: `${ESC}[F`,
  pageup: `${ESC}[5~`,
  pagedown: `${ESC}[6~`,
};

/** The bytes of a chord. */
export function rawOf(chord: string): string {
  const letter = /^ctrl\+([a-z])$/.exec(chord)?.[1];
  return letter ? String.fromCharCode(letter.charCodeAt(0) - 96) : (RAW[chord] ?? chord);
}

export type Sees = string | RegExp | ((text: string) => boolean);

/** A keyboard at a terminal that notes which rows of the key table were pressed, and waits for what each brought about. */
export type Keyboard = {
  run: TerminalRun;
  /** Presses a chord of a row, and waits until the screen says so. */
  key(id: string, chord: string, sees?: Sees): Promise<void>;
  /** The same for several chords of a row that do the same, one after the other. */
  keys(id: string, chords: readonly string[], sees?: Sees): Promise<void>;
  /** Presses a chord of a row that copies, and waits for the clipboard. */
  copies(id: string, chord: string): Promise<void>;
  /** Types text. */
  type(text: string, sees?: Sees): Promise<void>;
  /** Rows and chords that nobody has pressed, `id chord`. */
  missing(): string[];
};

const EVERY = ACTIONS.flatMap(({ id, chords }) => chords.map((chord) => `${id} ${chord}`));

/** Sits down at a terminal. */
export function sitDown(run: TerminalRun): Keyboard {
  const pressed = new Set<string>();
  const press = (id: string, chord: string) => {
    if (!EVERY.includes(`${id} ${chord}`)) throw new Error(`the key table has no ${chord} for ${id}`);
    pressed.add(`${id} ${chord}`);
    run.press(rawOf(chord));
  };
  const key: Keyboard['key'] = async (id, chord, sees) => {
    press(id, chord);
    if (sees === undefined) return;
    await run.until(sees).catch((cause: unknown) => {
      throw new Error(`${chord} as ${id}`, { cause });
    });
  };
  const clipboards = () => run.raw().split(`${ESC}]52;c;`).length;
  return {
    run,
    key,
    async keys(id, chords, sees) {
      for (const chord of chords) await key(id, chord, sees);
    },
    async copies(id, chord) {
      const before = clipboards();
      await key(id, chord, () => clipboards() > before);
    },
    async type(text, sees) {
      run.press(text);
      if (sees !== undefined) await run.until(sees);
    },
    missing: () => EVERY.filter((each) => !pressed.has(each)),
  };
}

/** Holds while a text is not to be seen. */
export function without(text: string): (screen: string) => boolean {
  return (screen) => !screen.includes(text);
}
