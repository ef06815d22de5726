import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { meant } from '../engine/language/nearest.ts';
import { createAsk } from './ask.ts';
import { refuseConnection } from './client-error.ts';
import { createGuard, type Guarding } from './guard.ts';
import { followSockets } from './idle-sockets.ts';
import { headersOf, PROBLEM_TYPE, problemOf, Refusal } from './problem.ts';
import { parseBody, readBody } from './read-body.ts';
import { refusalOf } from './refusal-of.ts';
import type { Answer, Route } from './route.ts';
import { VERBS } from './routes/commands.ts';
import type { Within } from './within.ts';

/** How long a client may take, ms. */
export type Patience = { headersMs: number; requestMs: number };

const PATIENCE: Patience = { headersMs: 10_000, requestMs: 20_000 };

const LIMITS = { connections: 1000, headerBytes: 16 * 1024, bodyBytes: 64 * 1024 };

/** What a door is made of. `closing` fires when requests in flight have to end. */
export type DoorParts = {
  routes: readonly Route[];
  within: Within;
  guarding: Guarding;
  closing: AbortSignal;
  patience?: Patience;
};

/** A server of these routes, which does not listen yet. It never logs; whoever asks is told what is wrong. */
export function createDoor({ routes, within, guarding, closing, patience = PATIENCE }: DoorParts): FastifyInstance {
  const app = fastify({
    logger: false,
    // Who still asks on an open connection while the door closes has a right to a real answer.
    return503OnClosing: false,
    requestTimeout: patience.requestMs,
    bodyLimit: LIMITS.bodyBytes,
    routerOptions: { ignoreTrailingSlash: true },
    http: {
      maxHeaderSize: LIMITS.headerBytes,
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: Math.min(1000, patience.headersMs),
    },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => refuse(request, reply, refusalOf(error)),
  });
  app.server.maxConnections = LIMITS.connections;
  app.server.maxHeadersCount = 100;
  app.addHook('preClose', async () => endIdle());
  const endIdle = followSockets(app.server);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, bytes: Buffer) =>
    parseBody(bytes),
  );

  const guard = createGuard(guarding);
  const open = new Set(routes.filter((route) => route.open).map(({ path }) => path));
  app.addHook('onRequest', async (request) => {
    const { headers, method, routeOptions } = request;
    guard({ method, headers, open: open.has(routeOptions.url ?? '') });
    // Before a body, or its want, is judged that nobody asked for.
    if (request.is404) throw notFound(routes, request);
    // Without a body its type says nothing.
    if (headers['content-length'] === '0') headers['content-type'] = undefined;
  });
  app.addHook('onResponse', async ({ method, routeOptions, is404 }, { statusCode: status, elapsedTime: ms }) => {
    within.exposition.answered({ method, route: is404 ? undefined : routeOptions.url, status, ms });
  });
  app.setErrorHandler((error, request, reply) => refuse(request, reply, refusalOf(error)));
  for (const route of routes) {
    app.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: route.told[200]?.type !== 'text/event-stream',
      ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
      handler: async (request, reply) => {
        const body = route.body ? readBody(route.body, request.body) : undefined;
        return give(reply, await route.handle(createAsk({ within, body, request, reply, closing })));
      },
    });
  }
  return app;
}

const PLAIN = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function give(reply: FastifyReply, answer: Answer | undefined): FastifyReply {
  if (!answer) return reply;
  reply.code(answer.status ?? 200).headers(PLAIN);
  return 'text' in answer ? reply.type(answer.type).send(answer.text) : reply.send(answer.body);
}

function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal, request.url.split('?', 1)[0] ?? '');
  return reply
    .code(refusal.status)
    .headers({ ...PLAIN, ...headersOf(refusal) })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(problem));
}

/** Nothing is there, or nothing for this method. */
function notFound(routes: readonly Route[], { method, url }: FastifyRequest): Refusal {
  const path = (url.split('?', 1)[0] ?? '').replace(/(.)\/$/, '$1');
  const here = routes.filter((route) => route.path === path).map((route) => route.method);
  if (here.length > 0) {
    const allow = here.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])).join(', ');
    return new Refusal(405, `${path} takes ${allow}, not ${method}`, { headers: { allow } });
  }
  const verb = /^\/commands\/([^/]+)$/.exec(path)?.[1];
  if (verb !== undefined) return new Refusal(404, `there is no command "${verb}" here${meant(verb, VERBS)}`);
  const paths = routes.map((route) => route.path);
  return new Refusal(404, `there is no ${path} here${meant(path, paths)}`);
}
