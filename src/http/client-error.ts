import type { Socket } from 'node:net';
import { headersOf, PROBLEM_TYPE, problemOf, Refusal } from './problem.ts';

/** What is no HTTP, or not in time, never becomes a request: by Node's codes. */
const KINDS: Record<string, [status: number, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request did not come in time'],
};

/** Answers a connection on which no request can be read, and ends it. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = KINDS[error.code ?? ''] ?? [400, 'this is no HTTP request'];
  const refusal = new Refusal(status, detail);
  const problem = problemOf(refusal, '');
  const body = JSON.stringify(problem);
  const headers = {
    ...headersOf(refusal),
    connection: 'close',
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${problem.title}\r\n${lines.join('')}\r\n${body}`);
}
