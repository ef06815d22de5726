import type { Command, Verb } from '../command.ts';
import type { Complain, Position } from '../language/fault.ts';
import type { Word } from '../language/lex.ts';
import type { Value } from '../language/value.ts';

/** All remaining words as one value: a condition, a text. */
export type Rest<T> = {
  name: string;
  is: string;
  /** Complains and gives undefined when the words are wrong. */
  read(words: readonly Word[], complain: Complain): T | undefined;
  /** Quoted where needed, ready to stand in a line. */
  write(value: T): string;
};

/** One way to write a field down. */
export type Way<T> =
  | { as: 'argument'; value: Value<T>; help: string }
  | { as: 'rest'; rest: Rest<T>; help: string }
  | { as: 'option'; name: `--${string}`; value: Value<T>; help: string }
  | { as: 'flag'; name: `--${string}`; means: T; help: string };

/** A field of a command: the ways to write it (at most one may be used), and what holds when none is. */
export type Field<T> = { ways: readonly Way<T>[]; needed: boolean; fallback?: T };

/** Fields by their names in the command. */
export type Fields<V> = { [K in keyof V]-?: Field<Exclude<V[K], undefined>> };

/** What a form makes of a line: values by field name; what was not written and has no fallback is absent. */
export type Values = Readonly<Record<string, unknown>>;

/** Two fields that do not fit together, or values that make no sense; `field` is where to point. */
export type Complaint = { field: string; sentence: string };

/** One shape of a command: literal words, then fields. */
export type Form = {
  words: readonly string[];
  /** What every command of this form holds, besides its verb: `for: 'idle'`. */
  fixed: Values;
  fields: Readonly<Record<string, Field<unknown>>>;
  check(values: Values): Complaint | undefined;
  /** The command of these values. */
  make(values: Values): Command;
  /** The values of this command, or undefined when it is of another form. */
  take(command: Command): Values | undefined;
};

/** A row of the command table: all that parser, palette, help and README need to know of a verb. */
export type Row = {
  verb: Verb;
  /** What it does, as a phrase: `pauses a worker`. */
  summary: string;
  /** When it ends, as a phrase. */
  ends: string;
  /** Lines that parse, the most telling first. */
  examples: readonly string[];
  forms: readonly Form[];
  /** What it changes in the cluster, as a phrase, and which of its commands do not: refused with --read-only. */
  writes?: { what: string; unless?(command: Command): boolean };
  /** Says what is missing where nobody can be asked, as in a script. */
  unattended?(command: Command): string | undefined;
};

/** The members of the command union with this verb. */
export type CommandOf<V extends Verb> = Extract<Command, { verb: V }>;

/**
 * The usual form: fields bear the names of the command's own, `fixed` holds the rest of it.
 * @param words what follows the verb literally
 */
export function form<C extends Command, F extends keyof C>(
  fixed: Pick<C, F>,
  fields: Fields<Omit<C, F>>,
  more: { words?: readonly string[]; check?: (values: Omit<C, F>) => Complaint | undefined } = {},
): Form {
  const { verb: _, ...rest }: Values = fixed;
  return shaped<Omit<C, F>>(fields, {
    words: more.words ?? [],
    fixed: rest,
    ...(more.check && { check: more.check }),
    // A mapped type cannot say it, but the fields are those of C that `fixed` leaves out.
    make: (values) => ({ ...fixed, ...values }) as unknown as Command,
    take: (command) => (holdsAll(command, fixed) ? (command as unknown as Omit<C, F>) : undefined),
  });
}

/** A form whose fields are not the command's own: `make` and `take` go from one to the other. */
export function shaped<V extends object>(
  fields: Fields<V>,
  more: {
    words?: readonly string[];
    fixed?: Values;
    check?: (values: V) => Complaint | undefined;
    make(values: V): Command;
    take(command: Command): V | undefined;
  },
): Form {
  return {
    words: more.words ?? [],
    fixed: more.fixed ?? {},
    fields: fields as Readonly<Record<string, Field<unknown>>>,
    check: (values) => more.check?.(values as V),
    make: (values) => more.make(values as V),
    take: (command) => more.take(command) as Values | undefined,
  };
}

function holdsAll(command: Command, fixed: object): boolean {
  const actual: Values = command;
  return Object.entries(fixed).every(([key, value]) => actual[key] === value);
}

/** Where a field was written, for complaints about it. */
export type Places = Readonly<Record<string, Position>>;
