import { connect } from 'node:net';
import type { DoorOptions } from '../../src/http/open-doors.ts';
import { openDoors } from '../../src/http/open-doors.ts';
import { createFakeEngine } from '../engine/fake-hall.ts';

/** Both doors in this process, on free ports, before an engine on fakes. Close them in the end. */
export async function openInside(
  more: Partial<DoorOptions> = {},
  { patience, attached = true }: { patience?: { headersMs: number; requestMs: number }; attached?: boolean } = {},
) {
  const stage = createFakeEngine();
  stage.events.emit({ type: 'pipeline-running', forMs: 1 });
  const doors = await openDoors({
    events: stage.events,
    options: { host: '127.0.0.1', ordersPort: 0, analyticsPort: 0, insecure: false, ...more },
    clock: stage.clock,
    version: '0.0.0',
    ...(patience ? { patience } : {}),
  });
  if (attached) doors.attach(stage.engine);
  const { orders, analytics } = doors.addresses;
  return { ...stage, doors, orders, analytics };
}

/** What of an answer is looked at. */
export type Seen = { status: number; headers: Headers; body: Record<string, unknown> };

/** Asks, and reads the answer as JSON where it is any. */
export async function request(url: string, init: RequestInit = {}): Promise<Seen> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : { text } };
}

/** Posts a text as JSON, whatever it is. */
export function postText(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Seen> {
  return request(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

/** Sends bytes as they are and gives all that comes back until the other side ends; `andEnd`: nothing more will come. */
export function sendBytes(url: string, bytes: string | Buffer, { andEnd = false } = {}): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => (text += part));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    if (andEnd) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** The lines of a request, ended as HTTP wants it; asks for the connection to be closed. */
export function lines(...head: string[]): string {
  return `${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n`;
}
