import type { ApiTable, ConnectionToken, RequestContext, Respond } from '../api.ts';
import { apiVersions } from '../protocol/apis/api-versions.ts';
import { codecOf } from '../protocol/codecs.ts';
import { MalformedError } from '../protocol/malformed.ts';
import { Reader } from '../protocol/reader.ts';
import type { Api } from '../protocol/schema.ts';
import { Writer } from '../protocol/writer.ts';
import { type RequestHeader, readHeader, readHeaderTags } from './request-header.ts';

/** Chunks of one framed answer; undefined when none is sent. */
export type Answer = Buffer[] | undefined;

/** One frame in, one framed answer out, now or later. Throws MalformedError where Kafka closes the connection. */
export type Dispatch = (frame: Buffer, connection: ConnectionToken, host: string) => Answer | Promise<Answer>;

type Row = { api: Api; respond: Respond<unknown, Record<string, unknown>> };

/** Joins schemas and handlers by API key: only what has both is served. */
export function createDispatch(apis: Api[], table: ApiTable): Dispatch {
  const rows = new Map<number, Row>();
  for (const api of apis) {
    // The row's schema is what makes the handler's request type true.
    const respond = table[api.key] as Row['respond'] | undefined;
    if (respond) rows.set(api.key, { api, respond });
  }
  return (frame, connection, host) => {
    const reader = new Reader(frame);
    const header = readHeader(reader);
    const row = rows.get(header.apiKey);
    if (!row) throw new MalformedError(`API key ${header.apiKey} is not served`);
    const [first, last] = row.api.versions;
    if (header.apiVersion < first || header.apiVersion > last) return refuseVersion(row, header, connection, host);
    return answer(row, header, reader, connection, host);
  };
}

/** KIP-511: an unknown version of ApiVersions is answered in version 0 with error 35 and the list, all others hang up. */
function refuseVersion(
  row: Row,
  header: RequestHeader,
  connection: ConnectionToken,
  host: string,
): Answer | Promise<Answer> {
  if (row.api.key !== apiVersions.key) {
    throw new MalformedError(`${row.api.name} version ${header.apiVersion} is not served`);
  }
  const context = { ...contextOf(header, connection, host), apiVersion: -1 };
  return settle(row.respond({}, context), (response) => encode(row.api, { ...header, apiVersion: 0 }, response));
}

function answer(row: Row, header: RequestHeader, reader: Reader, connection: ConnectionToken, host: string) {
  if (header.apiVersion >= row.api.flexibleFrom) readHeaderTags(reader);
  const request = codecOf(row.api, header.apiVersion).request.read(reader);
  const response = row.respond(request, contextOf(header, connection, host));
  return settle(response, (value) => encode(row.api, header, value));
}

function contextOf(header: RequestHeader, connection: ConnectionToken, host: string): RequestContext {
  const { apiKey, apiVersion, clientId } = header;
  return { apiKey, apiVersion, clientId, host, connection };
}

type Response = Record<string, unknown> | undefined;

/** Goes on in the same turn where the answer is already there. */
function settle(
  response: Response | Promise<Response>,
  next: (response: Response) => Answer,
): Answer | Promise<Answer> {
  return response instanceof Promise ? response.then(next) : next(response);
}

function encode(api: Api, header: RequestHeader, response: Response): Answer {
  if (response === undefined) return undefined;
  const writer = new Writer();
  writer.int32(0);
  writer.int32(header.correlationId);
  // KIP-511: the header of ApiVersions stays at version 0, so that any client can read it.
  if (header.apiVersion >= api.flexibleFrom && api.key !== apiVersions.key) writer.uvarint(0);
  codecOf(api, header.apiVersion).response.write(writer, response);
  const chunks = writer.chunks();
  chunks[0]?.writeInt32BE(writer.length - 4, 0);
  return chunks;
}
