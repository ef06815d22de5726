const ESC = '\u001b';
const BEGIN = `${ESC}[?2026h`;
const END = `${ESC}[?2026l`;
const MARK = new RegExp(`(${ESC}\\[\\?2026[hl])`);

/** What a stretch of output does to the eye. `frames` were shown at once; what `clears`, and text `outside` of frames, flickers. */
export type Flicker = { frames: number; clears: string[]; unbalanced: string[]; outside: string[] };

/** Erases the screen or its scrollback, changes between the two screens, or resets the terminal. */
const CLEARS = new RegExp(`${ESC}(?:\\[[0-3]?J|\\[\\?(?:1049|1047|47)[hl]|c)`, 'g');

/** Escape sequences, which draw nothing by themselves: CSI, OSC, and those of two characters. */
const ESCAPES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007]*\u0007|[@-Z\\\\-_=>78])`, 'g');

/** Looks at raw output for what flickers. A frame is what stands between the marks of synchronized output. */
export function flickerIn(raw: string): Flicker {
  const seen: Flicker = { frames: 0, clears: raw.match(CLEARS) ?? [], unbalanced: [], outside: [] };
  let isHeld = false;
  for (const part of raw.split(MARK)) {
    if (part !== BEGIN && part !== END) {
      const drawn = part.replace(ESCAPES, '').trim();
      if (!isHeld && drawn !== '') seen.outside.push(drawn);
      continue;
    }
    if (isHeld === (part === BEGIN)) seen.unbalanced.push(isHeld ? 'a frame within a frame' : 'an end without a frame');
    if (part === END) seen.frames++;
    isHeld = part === BEGIN;
  }
  return seen;
}
