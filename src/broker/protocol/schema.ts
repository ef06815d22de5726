/**
 * The notation of the schema tables in `apis/`: a struct is an object whose keys are the fields in wire order, a field says
 * its type and from which version it is there. The types of decoded requests and of answers follow from the tables.
 * Source of names and versions: Apache Kafka, clients/src/main/resources/common/message.
 */

/** Wire types; `list` has elements of its own. */
export type WireType = 'bool' | 'int8' | 'int16' | 'int32' | 'int64' | 'uuid' | 'string' | 'bytes' | 'list';

/** One field: what is read is `Read`, what may be written is `Written` (undefined stands for the default). */
export type Field<Read, Written = Read> = {
  readonly type: WireType;
  readonly since: number;
  readonly until: number;
  /** First version in which null is legal. */
  readonly nullable: number;
  /** Value of a version that lacks the field, and of an answer that leaves it out. */
  readonly fallback: Read;
  readonly elements: Field<unknown> | Struct | undefined;
  /** Never there: carries the type of what may be written. */
  readonly written?: Written;
};

export type Struct = { readonly [name: string]: Field<unknown> };

type WrittenOf<F> = F extends Field<infer _Read, infer Written> ? Written : never;
type OptionalKeys<S> = { [K in keyof S]: undefined extends WrittenOf<S[K]> ? K : never }[keyof S];

/** A struct as it is decoded: every field is there. */
export type Decoded<S> = { -readonly [K in keyof S]: S[K] extends Field<infer Read, infer _W> ? Read : never };

/** A struct as it is handed over for encoding: fields with a default may be left out. */
export type Encodable<S> = { [K in Exclude<keyof S, OptionalKeys<S>>]: WrittenOf<S[K]> } & {
  [K in OptionalKeys<S>]?: WrittenOf<S[K]>;
};

/** What a field may be told: its versions, from when null is legal, and what stands in where an answer leaves it out. */
type Options = { since?: number; until?: number; nullable?: number; default?: unknown };
type Null<O> = O extends { nullable: number } ? null : never;
type Absent<O> = O extends { default: unknown } ? undefined : never;

function field<Read, Written>(type: WireType, zero: unknown, options: Options, elements?: Field<unknown> | Struct) {
  const { since = 0, until = Number.POSITIVE_INFINITY, nullable = Number.POSITIVE_INFINITY } = options;
  const fallback = ('default' in options ? options.default : zero) as Read;
  return { type, since, until, nullable, fallback, elements } as Field<Read, Written>;
}

const scalar =
  <T>(type: WireType, zero: T) =>
  <const O extends Options = Record<never, never>>(options?: O): Field<T | Null<O>, T | Null<O> | Absent<O>> =>
    field(type, zero, options ?? {});

/** The 16 zero bytes that stand for "no topic id". */
export const NO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

export const bool = scalar('bool', false);
export const int8 = scalar('int8', 0);
export const int16 = scalar('int16', 0);
export const int32 = scalar('int32', 0);
export const int64 = scalar('int64', 0);
/** 16 bytes, as 22 characters of base64url, which is how Kafka prints them. */
export const uuid = scalar('uuid', NO_UUID);
export const string = scalar('string', '');
/** A byte string; decoded as a view into the request, not a copy. */
export const bytes = scalar<Buffer>('bytes', Buffer.alloc(0));

/** A list of plain fields, `list(int32())`, or of structs, `list({ name: string() })`. */
export function list<Read, Written, const O extends Options = Record<never, never>>(
  elements: Field<Read, Written>,
  options?: O,
): Field<Read[] | Null<O>, Written[] | Null<O> | Absent<O>>;
export function list<S extends Struct, const O extends Options = Record<never, never>>(
  elements: S,
  options?: O,
): Field<Decoded<S>[] | Null<O>, Encodable<S>[] | Null<O> | Absent<O>>;
export function list(elements: Field<unknown> | Struct, options: Options = {}): Field<unknown> {
  return field('list', [], options, elements);
}

/** One API: its key, the versions we serve, the first flexible one, and both structs. */
export type Api<Request extends Struct = Struct, Response extends Struct = Struct> = {
  readonly key: number;
  readonly name: string;
  /** First and last version that are served. */
  readonly versions: readonly [number, number];
  /** First version advertised, where it is lower than the first one served. */
  readonly advertisedFrom?: number;
  /** First version with compact types and tagged fields. */
  readonly flexibleFrom: number;
  readonly request: Request;
  readonly response: Response;
};

/** `flexibleFrom` of an API of which we serve no flexible version. */
export const NEVER = Number.POSITIVE_INFINITY;

/** Declares an API; gives its row back with the exact types of its fields. */
export function api<Request extends Struct, Response extends Struct>(row: Api<Request, Response>) {
  return row;
}

/** The decoded request of an API: `RequestOf<typeof joinGroup>`. */
export type RequestOf<A> = A extends Api<infer Request, infer _R> ? Decoded<Request> : never;

/** What may be answered to an API. */
export type ResponseOf<A> = A extends Api<infer _R, infer Response> ? Encodable<Response> : never;
