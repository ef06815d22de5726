import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { lines, openInside, postText, request, sendBytes } from './inside.ts';

const DEEP = 200;

let inside: Awaited<ReturnType<typeof openInside>>;
let orders: string;

beforeAll(async () => {
  inside = await openInside();
  orders = inside.orders;
});
afterAll(() => inside.doors.close());

describe('what is wrong with a request', () => {
  test.each([
    ['a path that is not there', 'GET', '/nothing', '', 404, 'there is no /nothing here'],
    ['a path with a slip', 'GET', '/helth', '', 404, 'did you mean "/health"?'],
    ['an unknown command', 'POST', '/commands/lod', '{}', 404, 'there is no command "lod" here; did you mean "load"?'],
    ['a command that ends scripts', 'POST', '/commands/quit', '{}', 404, 'there is no command "quit" here'],
    ['no JSON', 'POST', '/produce', '{"orderId":', 400, 'the body is no JSON'],
    ['JSON that is no object', 'POST', '/produce', '"o-1"', 422, 'expected object'],
    ['null as a body', 'POST', '/produce', 'null', 422, 'expected object'],
    ['brackets without end', 'POST', '/produce', '['.repeat(60_000), 400, 'more than 64 levels'],
    ['a field of the wrong type', 'POST', '/produce', '{"orderId":5}', 422, '/orderId: expected string'],
    ['an empty order id', 'POST', '/produce', '{"orderId":""}', 422, '/orderId: '],
    ['an order id that is too long', 'POST', '/produce', `{"orderId":"${'x'.repeat(257)}"}`, 422, '/orderId: '],
    ['one too long in bytes', 'POST', '/produce', `{"orderId":"${'é'.repeat(129)}"}`, 422, 'longer than 256 bytes'],
    ['half a character', 'POST', '/produce', '{"orderId":"\\ud800"}', 422, 'not well-formed'],
    ['items without a number', 'POST', '/produce', '{"items":[{"sku":"a"}]}', 422, '/items/0/qty: '],
    ['a huge number', 'POST', '/produce', '{"items":[{"sku":"a","qty":1e400}]}', 422, '/items/0/qty: '],
    ['a count below none', 'POST', '/load-test', '{"count":-1}', 422, '/count: '],
    ['a count that is no number', 'POST', '/load-test', '{"count":"ten"}', 422, '/count: '],
    ['a count beyond measure', 'POST', '/load-test', '{"count":1e300}', 422, '/count: '],
  ])('%s', async (_, method, path, body, status, detail) => {
    const seen = method === 'GET' ? await request(orders + path) : await postText(orders + path, body);
    expect(seen.status).toBe(status);
    expect(seen.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(seen.body).toMatchObject({ type: expect.any(String), title: expect.any(String), status, instance: path });
    expect(seen.body['detail']).toContain(detail);
  });

  test('everything that is wrong is listed, with its place', async () => {
    const body = {
      orderId: 'o-1',
      items: [
        { sku: 5, qty: 1 },
        { sku: 'a', qty: 0 },
      ],
    };
    const seen = await postText(`${orders}/produce`, JSON.stringify(body));
    expect(seen.body).toMatchObject({
      status: 422,
      orderId: 'o-1',
      errors: [
        { where: '/items/0/sku', detail: expect.any(String) },
        { where: '/items/1/qty', detail: expect.any(String) },
      ],
    });
  });

  test.each([
    ['GET', '/produce', 'POST'],
    ['PUT', '/produce/', 'POST'],
    ['DELETE', '/health', 'GET, HEAD'],
    ['POST', '/health', 'GET, HEAD'],
    ['OPTIONS', '/commands/load', 'POST'],
    ['QUERY', '/workers', 'GET, HEAD'],
    ['TRACE', '/lag', 'GET, HEAD'],
    ['PROPFIND', '/produce', 'POST'],
  ])('%s of %s says what it takes', async (method, path, allow) => {
    const answer = await sendBytes(orders, lines(`${method} ${path} HTTP/1.1`, 'Host: localhost'));
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).toContain(`\r\nallow: ${allow}\r\n`);
    expect(answer).toContain(`takes ${allow}, not ${method}`);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense'])(
    'a body as %s is not taken',
    async (type) => {
      const seen = await postText(`${orders}/produce`, '{}', { 'content-type': type });
      expect(seen).toMatchObject({ status: 415, body: { detail: expect.stringContaining('application/json') } });
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json'])(
    'without a body its type does not matter: %s',
    async (type) => {
      expect((await postText(`${orders}/produce`, '', { 'content-type': type })).status).toBe(200);
    },
  );

  test('what nobody asked for is not judged', async () => {
    expect((await postText(`${orders}/nothing`, 'x', { 'content-type': 'text/plain' })).status).toBe(404);
    expect((await postText(`${orders}/health`, '{', {})).status).toBe(405);
  });

  test('a body that is too large is refused before it is read', async () => {
    const answer = await sendBytes(
      orders,
      'POST /produce HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 65537\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('application/problem+json');
    const chunk = `ffff\r\n${' '.repeat(0xffff)}\r\n`;
    const head = lines(
      'POST /produce HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    );
    expect(await sendBytes(orders, `${head}${chunk}${chunk}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('bytes that are no UTF-8 are not taken for text', async () => {
    const seen = await postText(`${orders}/produce`, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    expect(seen).toMatchObject({ status: 400, body: { detail: 'the body is no UTF-8' } });
  });

  test.each([
    ['/commands/%zz', 'percent-encoded'],
    ['/%', 'percent-encoded'],
    ['/produce%2', 'percent-encoded'],
  ])('a path that is not encoded as it should be: %s', async (path, detail) => {
    const answer = await sendBytes(orders, lines(`GET ${path} HTTP/1.1`, 'Host: localhost'));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(detail);
  });

  test.each([
    ['what is no HTTP', 'EHLO kafka\r\n\r\n', 400],
    ['a version from the future', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n', 400],
    ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    [
      'two lengths',
      'POST /produce HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
      400,
    ],
    [
      'a length and chunks',
      'POST /produce HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    [
      'a header that goes on for ever',
      `GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
  ])('%s', async (_, bytes, status) => {
    const answer = await sendBytes(orders, bytes);
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect((await request(`${orders}/health`)).status).toBe(200);
  });

  test('who is slow with headers or body is not waited for', async () => {
    const { orders, doors } = await openInside({}, { patience: { headersMs: 100, requestMs: 200 } });
    onTestFinished(() => doors.close());
    const [head, body] = await Promise.all([
      sendBytes(orders, 'GET /health HTTP/1.1\r\nHost: localh'),
      sendBytes(
        orders,
        'POST /produce HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
      ),
    ]);
    expect(head).toMatch(/^HTTP\/1\.1 408 /);
    expect(body).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('nobody’s fields become a prototype', async () => {
    const body =
      '{"__proto__":{"orderId":"o-evil"},"constructor":{"prototype":{"x":1}},"items":[{"sku":"a","qty":1,"__proto__":{"x":1}}]}';
    const seen = await postText(`${orders}/produce`, body);
    expect(seen.status).toBe(200);
    expect(seen.body['orderId']).not.toBe('o-evil');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('levels that stand in texts are not counted', async () => {
    const body = JSON.stringify({ items: [{ sku: '[{"\\'.repeat(DEEP), qty: 1 }] });
    expect((await postText(`${orders}/produce`, body)).status).toBe(200);
  });

  test('a fault of ours is told as one', async () => {
    const { orders, engine, doors } = await openInside();
    onTestFinished(() => doors.close());
    engine.dispatch = () => Promise.reject(new TypeError('x is not a function'));
    const seen = await postText(`${orders}/commands/workers`, '{}');
    expect(seen).toMatchObject({
      status: 500,
      body: { type: 'urn:lunchrush:fault', fix: expect.stringContaining('report') },
    });
  });
});
