import type { RawRequest } from '../../kafka/wire/raw.ts';
import { Malformed, Reader, Writer } from './bytes.ts';

/** From which to which version a broker speaks a request. */
export type Range = { min: number; max: number };

/** What a broker serves, by API key; `features` are levels that the cluster has agreed on (KIP-584). */
export type Served = { apis: ReadonlyMap<number, Range>; features: ReadonlyMap<string, number> };

const UNSUPPORTED_VERSION = 35;

/** Asks what is served. Version 3 tells features too; brokers from before 2.4 answer it with error 35 in version 0. */
export function apiVersionsRequest(version: 0 | 3): RawRequest {
  const body = new Writer();
  if (version === 3) body.compactString('lunchrush').compactString('1').noTags();
  return { key: 18, name: 'ApiVersions', version, flexible: version === 3, body: body.bytes() };
}

/** Reads the answer to `asked`; undefined where the broker wants to be asked in version 0. */
export function readApiVersions(bytes: Buffer, asked: 0 | 3): Served | undefined {
  const reader = new Reader(bytes);
  const errorCode = reader.int16();
  if (errorCode === UNSUPPORTED_VERSION && asked === 3) return undefined;
  if (errorCode !== 0) throw new Malformed(`error ${errorCode} in place of what is served`);
  const features = new Map<string, number>();
  const isFlexible = asked === 3;
  const entry = () => {
    const [key, min, max] = [reader.int16(), reader.int16(), reader.int16()];
    if (isFlexible) reader.tags();
    return [key, { min, max }] as const;
  };
  const apis = new Map(isFlexible ? reader.compactList(entry) : reader.list(entry));
  if (isFlexible) {
    reader.int32(); // How long it throttles us.
    reader.tags({ 2: (field) => readFeatures(field, features) });
  }
  return { apis, features };
}

function readFeatures(field: Reader, into: Map<string, number>): void {
  field.compactList(() => {
    const name = field.compactString();
    into.set(name, field.int16());
    field.int16();
    field.tags();
  });
}
