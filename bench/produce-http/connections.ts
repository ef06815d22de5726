import { connect, type Socket } from 'node:net';

/** What came back: latencies of good answers in ms, and how many were none. */
export type Answers = { took: number[]; bad: number };

const BODY = '{"items":[{"sku":"burrito","qty":1}]}';

/** Posts single orders over so many connections, each the next as soon as it has its answer, until the time is over. */
export async function post(port: number, connections: number, forMs: number): Promise<Answers> {
  const answers: Answers = { took: [], bad: 0 };
  const end = performance.now() + forMs;
  await Promise.all(Array.from({ length: connections }, () => keepPosting(port, end, answers)));
  return answers;
}

/** Speaks HTTP by hand: a client library would take more of the shared processor than the services do. */
function keepPosting(port: number, end: number, answers: Answers): Promise<void> {
  const head = ['POST /produce HTTP/1.1', `Host: localhost:${port}`, 'Content-Type: application/json'];
  const request = `${[...head, `Content-Length: ${BODY.length}`].join('\r\n')}\r\n\r\n${BODY}`;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let began = 0;
    let buffer = '';
    const next = () => {
      if (performance.now() >= end) return socket.destroy();
      began = performance.now();
      return socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (part: string) => {
      buffer += part;
      const length = wholeLength(buffer);
      if (length === undefined || buffer.length < length) return;
      if (buffer.startsWith('HTTP/1.1 200')) answers.took.push(performance.now() - began);
      else answers.bad++;
      buffer = buffer.slice(length);
      next();
    });
  });
}

/** Characters of the first answer in the buffer, head included; undefined while its head is not whole. */
function wholeLength(buffer: string): number | undefined {
  const headEnd = buffer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const body = Number(/^content-length: *(\d+)/im.exec(buffer.slice(0, headEnd))?.[1] ?? 0);
  return headEnd + 4 + body;
}
