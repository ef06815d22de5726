import { Readable } from 'node:stream';
import { nextToken, type Token } from './tokens.ts';

/** Where keystrokes come from: what is used of `process.stdin`. */
export type Keyboard = {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  ref(): unknown;
  unref(): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (data: string) => void): unknown;
  off(event: 'data', listener: (data: string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
};

/** What the keys mean at this instant. */
export type Ear = {
  /** A text field is in use: `newline` is what stands in it for the end of a line. */
  typing(): { newline: string } | undefined;
  /** False while a text field that is in use does not listen yet; what is typed meanwhile waits. */
  isReady(): boolean;
  /** A ctrl chord, or escape: they do not reach a text field, and do not wait until Ink is sure of them. */
  control(chord: string): void;
  /** A paste that no field takes. */
  stray(): void;
  /** Of a paste only so many characters were taken, and so many left out. */
  cut(taken: number, left: number): void;
};

/** An escape that nothing follows for that long, ms, is the key. */
const ESCAPE_MS = 30;

/** Characters of a paste that are taken: with more of them in a field each keystroke would be felt. */
export const LONGEST_PASTE = 10_000;

/**
 * Standard input for Ink that gives one key, one run of typed text or one whole paste at a time, each on a turn of its
 * own: so that fields and views have seen one before the next arrives. Mouse, focus and unknown sequences end here.
 */
export class KeyStdin extends Readable {
  readonly isTTY = true;
  readonly #keyboard: Keyboard;
  readonly #ear: Ear;
  #waiting = '';
  #turn: NodeJS.Immediate | undefined;
  #alone: NodeJS.Timeout | undefined;
  readonly #take = (data: string) => this.#arrive(data);

  constructor(keyboard: Keyboard, ear: Ear) {
    super({ objectMode: true, read: () => undefined });
    this.#keyboard = keyboard;
    this.#ear = ear;
    keyboard.setEncoding('utf8');
  }

  setRawMode(raw: boolean): this {
    this.#keyboard.setRawMode?.(raw);
    if (raw) this.#keyboard.on('data', this.#take);
    else this.#keyboard.off('data', this.#take);
    if (raw) this.#keyboard.resume();
    else this.#keyboard.pause();
    return this;
  }

  ref(): this {
    this.#keyboard.ref();
    return this;
  }

  unref(): this {
    this.#keyboard.unref();
    return this;
  }

  #arrive(data: string): void {
    const typing = this.#ear.typing();
    // Several lines at once, into a field, were not typed: a terminal without bracketed paste.
    const lines = typing && this.#waiting === '' && /[\r\n][^\r\n]/.test(data) && !data.includes('\u001b');
    this.#waiting += lines ? `\u001b[200~${data}\u001b[201~` : data;
    clearTimeout(this.#alone);
    this.#turn ??= setImmediate(() => this.#next());
  }

  #next(): void {
    this.#turn = undefined;
    if (this.#waiting === '') return;
    if (!this.#ear.isReady()) {
      this.#turn = setImmediate(() => this.#next());
      return;
    }
    const token = nextToken(this.#waiting);
    if (token.is === 'unfinished') {
      this.#wait();
      return;
    }
    const taken = this.#give(token);
    this.#waiting = this.#waiting.slice(taken);
    this.#turn = setImmediate(() => this.#next());
  }

  /** An unfinished sequence may still be completed; an unfinished paste always is. */
  #wait(): void {
    if (this.#waiting.startsWith('\u001b[200~')) return;
    this.#alone = setTimeout(() => {
      this.#ear.control('esc');
      this.#waiting = this.#waiting.slice(1);
      this.#next();
    }, ESCAPE_MS);
  }

  /** Gives one token on and says how much of the input it was. */
  #give(token: Exclude<Token, { is: 'unfinished' }>): number {
    const typing = this.#ear.typing();
    if (token.is === 'key') this.push(token.sequence);
    else if (token.is === 'control') this.#ear.control(token.chord);
    else if (token.is === 'text') return this.#giveText(token.text, typing !== undefined);
    else if (token.is === 'paste') this.#paste(token.text, typing);
    else if (token.is === 'alt') return this.#giveAlt(token.length, typing !== undefined);
    return token.length;
  }

  #giveText(text: string, whole: boolean): number {
    const given = whole ? text : String.fromCodePoint(text.codePointAt(0) ?? 0);
    this.push(given);
    return given.length;
  }

  /** A field has no use for alt. Elsewhere it was escape and a key in quick succession, and both count. */
  #giveAlt(length: number, isTyping: boolean): number {
    if (isTyping) return length;
    this.#ear.control('esc');
    return 1;
  }

  #paste(text: string, typing: { newline: string } | undefined): void {
    const clean = [...text.trim().replace(/\s*[\r\n]+\s*/g, typing?.newline ?? ' ')].filter(
      (c) => c >= ' ' && c !== '\u007f',
    );
    if (!typing) {
      this.#ear.stray();
      return;
    }
    if (clean.length > 0) this.push(clean.slice(0, LONGEST_PASTE).join(''));
    if (clean.length > LONGEST_PASTE) this.#ear.cut(LONGEST_PASTE, clean.length - LONGEST_PASTE);
  }
}
