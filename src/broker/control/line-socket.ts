import type { Socket } from 'node:net';

/** No line of ours comes near; whoever sends more speaks something else. */
const MAX_LINE = 64 * 1024;

/** Hands each line that comes in, read as JSON, to `take`; hangs up on what is none. */
export function readLines(socket: Socket, take: (line: unknown) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) return socket.destroy();
    for (const line of lines) {
      const value = parse(line);
      if (value === undefined) return socket.destroy();
      take(value);
    }
    return undefined;
  });
  // The close that follows says all there is to know.
  socket.on('error', () => {});
}

/** Sends one value as a line. */
export function sendLine(socket: Socket, value: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(value)}\n`);
}

function parse(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
