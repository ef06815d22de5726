import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { PROBLEM_TYPE, problem } from './problem.ts';
import type { DoorName, Route, Told } from './route.ts';

type Json = { [name: string]: unknown };

/** What every route may answer besides its own: bad requests, and callers who may not. */
const EVERYWHERE = [400, 403, 421, 431];
const WITH_BODY = [413, 415, 422];

const TITLES: Record<DoorName, string> = { orders: 'Lunchrush, orders', analytics: 'Lunchrush, analytics' };

/** The document of one port, OpenAPI 3.1: https://spec.openapis.org/oas/v3.1.1.html. Schemas are those that validate. */
export function openApi(door: DoorName, routes: readonly Route[], about: { version: string; token: boolean }): Json {
  const schemas: Json = {};
  const writer = createWriter(schemas);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, about.token, writer) };
  }
  return {
    openapi: '3.1.0',
    info: { title: TITLES[door], version: about.version },
    paths,
    components: {
      schemas,
      ...(about.token ? { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } : {}),
    },
    ...(about.token ? { security: [{ token: [] }] } : {}),
  };
}

type Writer = (schema: z.ZodType, io: 'input' | 'output') => unknown;

/** Schemas with an id are written once, below `components`. */
function createWriter(schemas: Json): Writer {
  const known = new Map<z.ZodType, unknown>();
  return (schema, io) => {
    if (known.has(schema)) return known.get(schema);
    // Inside another one, a schema with an id is a reference like any other.
    const { properties, $defs } = z.toJSONSchema(z.object({ it: schema }), { io });
    const text = JSON.stringify({ it: properties?.['it'], $defs }).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { it, $defs: named } = JSON.parse(text);
    Object.assign(schemas, named);
    known.set(schema, it);
    return it;
  };
}

function operation(route: Route, token: boolean, write: Writer): Json {
  const { method, path, summary, about, body, documented, told, problems = [], open } = route;
  const statuses = [...EVERYWHERE, ...(body ? WITH_BODY : []), ...(token && !open ? [401] : []), ...problems];
  const bad = [...new Set(statuses)].sort((a, b) => a - b).map((status) => [status, problemAnswer(status, write)]);
  const good = Object.entries(told).map(([status, each]) => [status, answer(each, write)]);
  const schema = documented ?? body;
  return {
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^a-z]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(about ? { description: about } : {}),
    ...(open ? { security: [] } : {}),
    ...(schema
      ? { requestBody: { required: false, content: { 'application/json': { schema: write(schema, 'input') } } } }
      : {}),
    responses: Object.fromEntries([...good, ...bad]),
  };
}

function answer({ says, schema, type = 'application/json' }: Told, write: Writer): Json {
  return { description: says, content: { [type]: { schema: schema ? write(schema, 'output') : { type: 'string' } } } };
}

function problemAnswer(status: number, write: Writer): Json {
  return {
    description: STATUS_CODES[status] ?? '',
    content: { [PROBLEM_TYPE]: { schema: write(problem, 'output') } },
  };
}
