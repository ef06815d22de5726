import { z } from 'zod';
import { onOff, setting, someText, variableOf, wholeFrom } from '../setting.ts';

function port(option: `--${string}`, help: string, fallback?: string) {
  return setting({
    option,
    value: '<PORT>',
    help: `${help}; 0: any free one`,
    variables: [{ name: variableOf(option) }],
    json: 'number',
    is: 'a port from 0 to 65535',
    schema: wholeFrom(0, 65_535),
    ...(fallback === undefined ? {} : { fallback }),
  });
}

function host(option: `--${string}`, help: string) {
  return setting({
    option,
    value: '<HOST>',
    help,
    variables: [{ name: variableOf(option) }],
    json: 'text',
    is: 'a host name or an address',
    schema: z.string().regex(/^(\[?[\da-f:.]+\]?|[\w.-]+)$/i),
    fallback: '127.0.0.1',
  });
}

/** The HTTP doors. */
export const httpSettings = {
  http: onOff('--http', 'open the HTTP doors beside the console or the script'),
  httpHost: host('--http-host', 'where the HTTP doors listen; any other than loopback needs a token'),
  ordersPort: port('--orders-port', 'of the orders API', '8000'),
  analyticsPort: port('--analytics-port', 'of the analytics API', '8002'),
  httpToken: setting({
    help: 'the bearer token that every HTTP call must bring',
    variables: [{ name: 'LUNCHRUSH_HTTP_TOKEN' }],
    is: 'a token: 16 or more letters, digits and -._~+/=',
    schema: z.string().regex(/^[\w.~+/=-]{16,}$/),
    secret: true,
  }),
  httpTokenFile: setting({
    option: '--http-token-file',
    value: '<FILE>',
    help: 'a file with that token, on one line',
    variables: [{ name: 'LUNCHRUSH_HTTP_TOKEN_FILE' }],
    json: 'text',
    is: 'a file',
    schema: someText,
    completes: 'file',
  }),
  insecureHttp: onOff('--insecure-http', 'let other hosts in without a token'),
  metricsFile: setting({
    option: '--metrics-file',
    value: '<FILE>',
    help: 'where the text report is written every 5 seconds',
    variables: [{ name: 'LUNCHRUSH_METRICS_FILE' }],
    json: 'text',
    is: 'a file',
    schema: someText,
    fallback: 'metrics.txt with serve, else nowhere',
    completes: 'file',
  }),
};

/** How a worker process tells how it is. */
export const healthSettings = {
  healthHost: host('--health-host', 'where a worker process tells its health'),
  healthPort: port('--health-port', 'of that; without it: nowhere'),
};
