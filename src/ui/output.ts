const ESC = '\u001b';

/** Between these a terminal shows nothing of what changes (synchronized output). They do not nest. */
const MARKS = { begin: `${ESC}[?2026h`, end: `${ESC}[?2026l` };

/** Erases what the terminal remembers from before the program: Ink does so at each resize and at its end. */
const FORGET = `${ESC}[3J`;

/** The terminal's output as Ink is handed it. */
export type Output = {
  stream: NodeJS.WriteStream;
  /** Holds the picture back until the returned function is called, frames of Ink's included. */
  hold(): () => void;
};

/** Stands before an output, and lets everything through but what would hurt: the user's scrollback stays. */
export function createOutput(stdout: NodeJS.WriteStream): Output {
  let isHeld = false;
  const kept = (text: string) => {
    const safe = text.replaceAll(FORGET, '');
    return isHeld ? safe.replaceAll(MARKS.begin, '').replaceAll(MARKS.end, '') : safe;
  };
  const write = (chunk: string | Uint8Array, written?: (error?: Error | null) => void) =>
    stdout.write(typeof chunk === 'string' ? kept(chunk) : chunk, written);
  const stream = new Proxy(stdout, {
    get(target, key) {
      if (key === 'write') return write;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    stream,
    hold() {
      stdout.write(MARKS.begin);
      isHeld = true;
      return () => {
        isHeld = false;
        stdout.write(MARKS.end);
      };
    },
  };
}
