import {
  readCount,
  readDuration,
  readFraction,
  readRate,
  writeCount,
  writeDuration,
  writeFraction,
  writeRate,
} from './quantity.ts';

/** A kind of value that an argument or option takes. */
export type Value<T> = {
  /** Its name in usage lines: `COUNT`. */
  name: string;
  /** What is right, with examples, to complete "… is not": `a count, such as 500, 10k or 1M`. */
  is: string;
  /** The closed list of what can be written, where there is one: for completion and for the nearest word. */
  choices?: readonly string[];
  /** The value, or undefined when the text is not one. `now` (ms) is what relative times count from. */
  read(text: string, now: number): T | undefined;
  /** The value as text that `read` reads back as the same. */
  write(value: T): string;
};

/** The same kind of value under another name in usage lines. */
export function named<T>(name: string, value: Value<T>): Value<T> {
  return { ...value, name };
}

/** Values that also pass a test; `is` says both. */
export function only<T>(value: Value<T>, is: string, test: (value: T) => boolean): Value<T> {
  const read = (text: string, now: number) => {
    const got = value.read(text, now);
    return got !== undefined && test(got) ? got : undefined;
  };
  return { ...value, is, read };
}

/** One of a few words. */
export function choice<T extends string>(name: string, choices: readonly [T, ...T[]]): Value<T> {
  const last = choices.at(-1);
  const is = choices.length === 1 ? `"${last}"` : `${choices.slice(0, -1).join(', ')} or ${last}`;
  return { name, is, choices, read: (text) => choices.find((word) => word === text), write: (word) => word };
}

/** Any text, the empty one included. */
export const text: Value<string> = { name: 'TEXT', is: 'a text', read: (word) => word, write: (word) => word };

/** A name of something: any text but the empty one. */
export const name: Value<string> = only({ ...text, name: 'NAME' }, 'a name of at least one character', (t) => t !== '');

/** 0 and above. */
export const count: Value<number> = {
  name: 'COUNT',
  is: 'a count, such as 500, 10k or 1M',
  read: readCount,
  write: writeCount,
};

/** 1 and above. */
export const positive: Value<number> = only(count, 'a count of at least 1, such as 500, 10k or 1M', (n) => n >= 1);

/** A partition or an offset: written in full. */
export const whole: Value<number> = {
  name: 'N',
  is: 'a whole number, 0 or above',
  read: (word) => (/^\d+$/.test(word) && Number.isSafeInteger(Number(word)) ? Number(word) : undefined),
  write: String,
};

export const duration: Value<number> = {
  name: 'DURATION',
  is: 'a duration, such as 250ms, 5s or 2m',
  read: readDuration,
  write: writeDuration,
};

export const fraction: Value<number> = {
  name: 'FRACTION',
  is: 'a fraction from 0 to 1, such as 0.3 or 30%',
  read: readFraction,
  write: writeFraction,
};

/** Records a second, or as fast as acknowledgements allow. */
export const rate: Value<number | 'max'> = {
  name: 'RATE',
  is: 'a rate above 0, such as 500/s or 2k/s, or max',
  read: (word) => (word === 'max' ? word : readRate(word) || undefined),
  write: (value) => (value === 'max' ? value : writeRate(value)),
};
