import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendBytes } from './inside.ts';
import { ask, look, post, type Service, startService, untilReady } from './service.ts';

type Hostile = { what: string; bytes: string | Buffer };

const JSON_TYPE = 'Content-Type: application/json';

function raw(what: string, head: readonly string[], body: string | Buffer = ''): Hostile {
  const length = Buffer.byteLength(body) > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const text = `${[...head, 'Host: localhost', 'Connection: close', ...length].join('\r\n')}\r\n\r\n`;
  return { what, bytes: Buffer.concat([Buffer.from(text), Buffer.from(body)]) };
}

const CALLS = ['/produce', '/load-test', '/commands/load', '/commands/produce', '/commands/expect', '/commands/trace'];

/** None of them is what any of the calls wants. */
const BODIES: [string, string | Buffer][] = [
  ['half an object', '{"orderId":'],
  ['a list', '[]'],
  ['a number', '5'],
  ['null', 'null'],
  ['true', 'true'],
  ['NaN', '{"count":NaN}'],
  ['a comma too much', '{"count":1,}'],
  ['single quotes', "{'count':1}"],
  ['a comment', '{/* */}'],
  ['deep lists', '['.repeat(30_000) + ']'.repeat(30_000)],
  ['deep objects', `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`],
  ['half a character', '{"orderId":"\\ud800","line":5,"count":"\\udfff"}'],
  ['bytes of no text', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])],
  ['overlong UTF-8', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['UTF-16', Buffer.from('{"count":1}', 'utf16le')],
  ['a huge number', '{"count":1e999,"orderId":1e999}'],
  ['a number with many digits', `{"count":${'9'.repeat(5000)},"orderId":${'9'.repeat(5000)}}`],
  ['a long text', `{"orderId":"${'x'.repeat(60_000)}","count":"${'9'.repeat(1000)}"}`],
  ['NULs', `{"orderId":"${'\\u0000'.repeat(300)}","count":"\\u0000"}`],
  ['a raw NUL', '{"orderId":"\u0000"}'],
  ['a form', 'orderId=o-1&count=5'],
];

// biome-ignore format: a list to be read as one
const PATHS = [
  '/..', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//', '//produce', '/produce%00', '/produce;x=1', '/PRODUCE', '/commands/',
  '/commands/../produce', '/commands/load/x', '/commands/constructor', '/commands/__proto__', '/commands/toString', '/%', '/%zz', '/%c0%af',
  '/commands/%', '/commands/%e0%a4%a', '/commands/%2f', '/openapi.json/', '/openapi.json%0a', `/${'x'.repeat(8000)}`, `/commands/${'x'.repeat(4000)}`,
  '/health?x=%zz', '/health?__proto__[x]=1', `/health?${'a=1&'.repeat(2000)}`, '*', 'http://evil.example/health',
];

const HEADS: [string, string[]][] = [
  ['a method of nobody', ['BREW /pot HTTP/1.1']],
  ['a tunnel', ['CONNECT evil.example:443 HTTP/1.1']],
  ['TRACE', ['TRACE /health HTTP/1.1']],
  ['an upgrade', ['GET /events HTTP/1.1', 'Upgrade: websocket', 'Sec-WebSocket-Key: x']],
  ['HTTP/2', ['PRI * HTTP/2.0']],
  ['an old version', ['GET /nothing HTTP/1.0']],
  ['a header without a colon', ['GET /health HTTP/1.1', 'nonsense']],
  ['a folded header', ['GET /health HTTP/1.1', 'X: 1', ' 2']],
  ['a header name with a blank', ['GET /health HTTP/1.1', 'X Y: 1']],
  ['a NUL in a header', ['GET /health HTTP/1.1', 'X: \u0000']],
  ['many headers', ['GET /nothing HTTP/1.1', ...Array.from({ length: 400 }, (_, i) => `X-${i}: 1`)]],
  ['large headers', ['GET /health HTTP/1.1', `X: ${'x'.repeat(17_000)}`]],
  ['another host', ['GET /health HTTP/1.1', 'Host: evil.example']],
  ['an expectation', ['POST /produce HTTP/1.1', 'Expect: miracles', JSON_TYPE]],
  ['a negative length', ['POST /produce HTTP/1.1', JSON_TYPE, 'Content-Length: -1']],
  ['a length that is none', ['POST /produce HTTP/1.1', JSON_TYPE, 'Content-Length: many']],
  ['a huge length', ['POST /produce HTTP/1.1', JSON_TYPE, `Content-Length: ${'9'.repeat(30)}`]],
  ['an unknown transfer', ['POST /produce HTTP/1.1', JSON_TYPE, 'Transfer-Encoding: rot13']],
  ['two transfers', ['POST /produce HTTP/1.1', JSON_TYPE, 'Transfer-Encoding: chunked, identity']],
  ['a chunk of no size', ['POST /produce HTTP/1.1', JSON_TYPE, 'Transfer-Encoding: chunked', '', 'zz']],
  ['a foreign page', ['POST /produce HTTP/1.1', JSON_TYPE, 'Origin: http://evil.example']],
  ['an id of no run', ['HEAD /events HTTP/1.1', `Last-Event-ID: ${'9'.repeat(5000)}`]],
  ['a token nobody asked for', ['GET /nothing HTTP/1.1', 'Authorization: Basic ****']],
];

const HOSTILE: Hostile[] = [
  ...CALLS.flatMap((call) =>
    BODIES.map(([what, body]) => raw(`${what} to ${call}`, [`POST ${call} HTTP/1.1`, JSON_TYPE], body)),
  ),
  ...PATHS.flatMap((path) =>
    ['GET', 'POST'].map((method) => raw(`${method} ${path.slice(0, 40)}`, [`${method} ${path} HTTP/1.1`])),
  ),
  ...HEADS.map(([what, head]) => raw(what, head)),
  { what: 'random bytes', bytes: Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)) },
  { what: 'a TLS hello', bytes: Buffer.from('16030100a5010000a10303', 'hex') },
  { what: 'blank lines', bytes: '\r\n'.repeat(5000) },
];

describe('two hundred hostile requests', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
    await untilReady(service);
  });
  afterAll(() => service.close());

  test('none is answered with a fault, none places an order, and none takes the service down', async () => {
    expect(HOSTILE.length).toBeGreaterThan(200);
    const answers = await Promise.all(
      HOSTILE.map(async ({ what, bytes }) => ({ what, answer: await answerTo(service.orders, bytes) })),
    );
    const wrong = answers.filter(({ answer }) => !/^(HTTP\/1\.1 (200|4\d\d) |$)/.test(answer));
    expect(wrong.map(({ what, answer }) => `${what}: ${answer.slice(0, 200)}`)).toEqual([]);
    expect(await look(`${service.orders}/health`)).toEqual({ status: 'ok' });
    expect(await settled(service)).toMatchObject({ total_orders: 0, malformed: 0 });
  });

  test('orders between them are all acknowledged and counted', async () => {
    const before = await settled(service);
    const orders = Array.from({ length: 100 }, (_, i) => ask(`${service.orders}/produce`, { orderId: `o-calm-${i}` }));
    const noise = HOSTILE.map(({ bytes }) => answerTo(service.orders, bytes));
    expect((await Promise.all(orders)).every(({ status }) => status === 200)).toBe(true);
    await Promise.all(noise);
    const { total_orders, distinct_orders } = await settled(service);
    expect({ total_orders, distinct_orders }).toEqual({
      total_orders: Number(before['total_orders']) + 100,
      distinct_orders: Number(before['distinct_orders']) + 100,
    });
  });

  test('requests that come all at once on one connection are answered in their order', async () => {
    const one = (id: number, more = '') =>
      `POST /produce HTTP/1.1\r\nHost: localhost\r\n${JSON_TYPE}\r\n${more}Content-Length: 20\r\n\r\n{"orderId":"p-${String(id).padStart(4, '0')}"}`;
    const last = 200;
    const many = Array.from({ length: last + 1 }, (_, i) => one(i, i === last ? 'Connection: close\r\n' : ''));
    const answer = await sendBytes(service.orders, many.join(''));
    const ids = [...answer.matchAll(/\{"orderId":"(p-\d+)","status":"PRODUCED"/g)].map(([, id]) => id);
    expect(ids).toEqual(many.map((_, i) => `p-${String(i).padStart(4, '0')}`));
  });

  test('three hundred connections that never finish keep nobody out', async () => {
    const { hostname, port } = new URL(service.orders);
    const silent = Array.from({ length: 300 }, () => connect(Number(port), hostname));
    await Promise.all(silent.map((socket) => once(socket, 'connect')));
    for (const socket of silent) socket.write('POST /produce HTTP/1.1\r\nHost: localho');
    expect((await post(`${service.orders}/produce`)).status).toBe(200);
    for (const socket of silent) socket.destroy();
    expect((await post(`${service.orders}/produce`)).status).toBe(200);
  });
});

/** Ends the connection where the request leaves it open on purpose. */
function answerTo(url: string, bytes: string | Buffer): Promise<string> {
  return sendBytes(url, bytes, { andEnd: true });
}

async function settled(service: Service): Promise<Record<string, unknown>> {
  expect((await ask(`${service.orders}/commands/wait`, { for: 'idle' })).answer['data']).toMatchObject({ holds: true });
  return look(`${service.analytics}/metrics`);
}
