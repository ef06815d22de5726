import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** Reads and writes one shape. Methods, not properties, so that a codec of a narrower type fits a table of codecs. */
export type Codec<T = unknown> = { read(reader: Reader): T; write(writer: Writer, value: T): void };
