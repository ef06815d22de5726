import { connect } from 'node:net';
import { apiVersionsRequest, readApiVersions } from '../wire/api-versions.ts';
import { metadataRequest, readMetadata } from '../wire/metadata.ts';
import { openWire } from '../wire/wire.ts';
import { harmless } from '../words.ts';

/** Who answers at a port of this machine. `server`: what a web server calls itself. */
export type Answerer = { kind: 'embedded' | 'kafka' | 'doors' | 'http' | 'other'; server?: string };

/** So long a service on this machine may think about an answer. */
const PATIENCE_MS = 1_000;
/** Ids of embedded brokers' clusters begin so. */
const EMBEDDED = /^embedded-/;

/** The beginning of what our own doors say of themselves. */
const OUR_DOORS = /"title":\s*"Lunchrush/i;
const ENOUGH = 4_096;

/** Asks in Kafka's language, then in HTTP. */
export async function whoAnswers(host: string, port: number, signal: AbortSignal): Promise<Answerer> {
  const clusterId = await askKafka(host, port, signal).catch(() => undefined);
  if (clusterId !== undefined) return { kind: EMBEDDED.test(clusterId) ? 'embedded' : 'kafka' };
  return (await askHttp(host, port, signal)) ?? { kind: 'other' };
}

/** The cluster's id, empty if it does not tell before a log-in; rejects where nobody speaks Kafka. */
async function askKafka(host: string, port: number, signal: AbortSignal): Promise<string> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const wire = await openWire({ host, port }, patience);
  try {
    readApiVersions(await wire.ask(apiVersionsRequest(0), patience), 0);
    const version = 5;
    const asked = wire.ask(metadataRequest({ version, topics: [] }), patience);
    return await asked.then(
      (bytes) => readMetadata(bytes, version).clusterId ?? '',
      () => '',
    );
  } finally {
    wire.close();
  }
}

function askHttp(host: string, port: number, signal: AbortSignal): Promise<Answerer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
    let text = '';
    const say = () => {
      socket.destroy();
      if (OUR_DOORS.test(text)) return resolve({ kind: 'doors' });
      const server = /^server: *([^\r\n]{1,40})/im.exec(text)?.[1];
      resolve(text.startsWith('HTTP/') ? { kind: 'http', ...(server ? { server: harmless(server) } : {}) } : undefined);
    };
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      if (text.length > ENOUGH) say();
    });
    socket.once('end', say).once('error', say).once('close', say);
    socket.write(`GET /openapi.json HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}
