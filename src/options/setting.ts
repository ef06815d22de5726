import { z } from 'zod';

/** How numbers with units are read, as the script language does it: undefined for what is not one. */
export type Quantities = {
  /** `0.3`, `30%` → 0..1. */
  fraction(text: string): number | undefined;
  /** `20ms`, `1s` → ms. */
  duration(text: string): number | undefined;
};

/** A variable of the environment that gives a setting where the command line does not; `unit` is added to its value. */
type Variable = { name: string; unit?: string };

/** What a setting is written as in the configuration file. `list`: one text or several; `share`: a number or a text. */
export type JsonKind = 'text' | 'number' | 'switch' | 'list' | 'share';

/** A setting: who can say it (option, variables in order, configuration file), and what is right. */
export type Setting<S extends z.ZodType<unknown, string>> = {
  /** Absent: never on the command line. */
  option?: `--${string}`;
  /** Its name in help, in the form commander wants; absent: a switch. */
  value?: string;
  help: string;
  variables: readonly Variable[];
  /** Absent: not in the configuration file. Its key there is the name of the setting. */
  json?: JsonKind;
  /** What is right, to complete "… is not". */
  is: string;
  schema: S;
  /** What holds where nobody says anything, as it is told to people. */
  fallback?: string;
  /** Its value is never shown. */
  secret?: true;
  /** What a shell offers for it, and whether it is a path: those of a configuration file begin at that file's folder. */
  completes?: 'file' | 'folder' | readonly string[];
};

/** A row with the type of its value kept. */
export function setting<S extends z.ZodType<unknown, string>>(row: Setting<S>): Setting<S> {
  return row;
}

const SWITCH: Record<string, boolean> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

function readSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(SWITCH, word) ? SWITCH[word] : undefined;
}

/** `true`, `yes`, `on`, `1` and their opposites. */
export const onOrOff = z.string().transform(readSwitch).pipe(z.boolean());

/** A setting that is on or off: an option without a value. */
export function onOff(option: `--${string}`, help: string) {
  return setting({
    option,
    help,
    variables: [{ name: variableOf(option) }],
    json: 'switch',
    is: 'true or false',
    schema: onOrOff,
    fallback: 'no',
  });
}

/** `--tls-ca` → `LUNCHRUSH_TLS_CA`. */
export function variableOf(option: string): string {
  return `LUNCHRUSH_${option.replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`;
}

/** A whole number in digits. */
export function wholeFrom(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** A number with its unit. */
export function quantity(read: (text: string) => number | undefined) {
  return z.string().transform(read).pipe(z.number());
}

/** Any text but none. */
export const someText = z.string().min(1);
