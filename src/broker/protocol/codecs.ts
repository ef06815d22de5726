import type { Codec } from './codec.ts';
import { compileStruct } from './compile.ts';
import type { Api } from './schema.ts';

/** Both directions of one API in one version. */
export type ApiCodec = { request: Codec<Record<string, unknown>>; response: Codec<Record<string, unknown>> };

const compiled = new Map<number, ApiCodec>();

/** The codec of an API in a version, compiled when first asked for. */
export function codecOf(api: Api, version: number): ApiCodec {
  const id = api.key * 256 + version;
  let codec = compiled.get(id);
  if (!codec) {
    const at = { version, flexible: version >= api.flexibleFrom };
    codec = { request: compileStruct(api.request, at), response: compileStruct(api.response, at) };
    compiled.set(id, codec);
  }
  return codec;
}
