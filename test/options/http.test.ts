import { describe, expect, test } from 'vitest';
import { folderOf } from './files.ts';
import { type From, read, refusal } from './read.ts';

const TOKEN = 'c0ffee-c0ffee-c0ffee';

function served(argv: string[], from: From = {}) {
  const options = read(['serve', ...argv], from);
  if (options.mode !== 'serve') throw new Error('no serve');
  return options;
}

describe('the HTTP doors', () => {
  test('of serve are on loopback at the ports of old, with a report beside them', () => {
    expect(served([])).toMatchObject({
      http: { host: '127.0.0.1', ordersPort: 8000, analyticsPort: 8002, insecure: false },
      metricsFile: 'metrics.txt',
      json: false,
      notes: [],
    });
  });

  test('are closed beside console and script unless asked for', () => {
    expect(read([])).not.toHaveProperty('http');
    expect(read(['-e', 'lag'], { env: { LUNCHRUSH_ORDERS_PORT: '9000' } })).not.toHaveProperty('http');
    expect(read(['--http', '--metrics-file', 'm'], { env: { LUNCHRUSH_ORDERS_PORT: '9000' } })).toMatchObject({
      mode: 'console',
      http: { ordersPort: 9000 },
      metricsFile: 'm',
    });
  });

  test.each(['0.0.0.0', '::', '192.168.1.2', 'example.org', '128.0.0.1', '[::ffff:1.2.3.4]'])(
    'are not opened on %s without a token',
    (host) => {
      expect(refusal(['serve', '--http-host', host])).toBe(
        `--http-host: without a token whoever reaches ${host} could command the pipeline ` +
          '(set LUNCHRUSH_HTTP_TOKEN or --http-token-file, or allow it with --insecure-http)',
      );
      expect(served(['--http-host', host], { env: { LUNCHRUSH_HTTP_TOKEN: TOKEN } })).toMatchObject({
        http: { host, token: TOKEN },
        notes: [],
      });
    },
  );

  test.each(['127.0.0.1', '127.9.9.9', '::1', '[::1]', '0:0:0:0:0:0:0:1', 'localhost', 'LOCALHOST'])(
    'are opened on %s without a token',
    (host) => {
      expect(served(['--http-host', host]).http).toMatchObject({ host, insecure: false });
    },
  );

  test('are opened for everybody where that is allowed, with a warning', () => {
    expect(served(['--http-host', '0.0.0.0', '--insecure-http'])).toMatchObject({
      http: { insecure: true },
      notes: ['HTTP on 0.0.0.0 asks for no token (--insecure-http): whoever reaches it can command the pipeline'],
    });
    expect(served(['--insecure-http']).notes).toEqual([
      '--insecure-http has no effect: 127.0.0.1 is this machine alone',
    ]);
  });

  test('take the token from a file, too', () => {
    const { at } = folderOf({ token: `${TOKEN}\n`, short: 'hunter2\n' });
    expect(served(['--http-token-file', at('token')]).http.token).toBe(TOKEN);
    expect(served([], { env: { LUNCHRUSH_HTTP_TOKEN_FILE: at('token') } }).http.token).toBe(TOKEN);
    const refused = refusal(['serve', '--http-token-file', at('short')]);
    expect(refused).toContain('is not a token: 16 or more letters, digits and -._~+/=');
    expect(refused).not.toContain('hunter2');
    expect(refusal(['serve'], { env: { LUNCHRUSH_HTTP_TOKEN: 'hunter2' } })).toContain(
      'LUNCHRUSH_HTTP_TOKEN is not a token',
    );
  });

  test('are known to the doctor, who opens none', () => {
    expect(read(['doctor', '--http-host', '0.0.0.0', '--orders-port', '9000'])).toMatchObject({
      mode: 'doctor',
      http: { host: '0.0.0.0', ordersPort: 9000 },
      notes: [],
    });
  });

  test.each([
    [['--orders-port', '9000'], '--orders-port goes with the HTTP doors: add --http'],
    [['--insecure-http'], '--insecure-http goes with the HTTP doors: add --http'],
    [['--http', '--orders-port', '8002'], 'the orders API and the analytics API cannot both have port 8002'],
    [['--http', '--analytics-port', '65536'], '--analytics-port: "65536" is not a port from 0 to 65535'],
    [['--http', '--http-host', 'a b'], '--http-host: "a b" is not a host name or an address'],
  ])('%j is refused with a sentence', (argv, sentence) => {
    expect(refusal(argv)).toContain(sentence);
  });
});
