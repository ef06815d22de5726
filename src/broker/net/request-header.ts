import { skipTagged } from '../protocol/compile.ts';
import { int16Length } from '../protocol/lengths.ts';
import type { Reader } from '../protocol/reader.ts';

/** What every request begins with. */
export type RequestHeader = { apiKey: number; apiVersion: number; correlationId: number; clientId: string | null };

/** Reads header version 1. The client id keeps its plain form in version 2, which only adds tagged fields after it. */
export function readHeader(reader: Reader): RequestHeader {
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const correlationId = reader.int32();
  const length = int16Length.read(reader);
  return { apiKey, apiVersion, correlationId, clientId: length < 0 ? null : reader.utf8(length) };
}

/** Reads what header version 2 adds, for flexible versions. */
export function readHeaderTags(reader: Reader): void {
  skipTagged(reader);
}
