import { openApi } from '../openapi.ts';
import { type DoorName, get, type Route } from '../route.ts';
import { commands } from './commands.ts';
import { events } from './events.ts';
import { analyticsHealth, health, ready } from './health.ts';
import { loadTest } from './load-test.ts';
import { lag, topics, workers } from './look.ts';
import { metrics, prometheus } from './metrics.ts';
import { produce } from './produce.ts';
import { replay } from './replay.ts';

/** Everything that can be asked over HTTP, in the order of the documentation. */
const ROUTES: readonly Route[] = [
  produce,
  loadTest,
  metrics,
  prometheus,
  replay,
  health,
  analyticsHealth,
  ready,
  lag,
  workers,
  topics,
  events,
  ...commands,
];

/** The routes of a port, its documentation included, which is written when it is first asked for. */
export function routesOf(door: DoorName, about: { version: string; token: boolean }): readonly Route[] {
  let written: unknown;
  const document = get('/openapi.json', {
    summary: 'documents this port',
    told: { 200: { says: 'an OpenAPI document' } },
    handle() {
      written ??= openApi(door, routes, about);
      return { body: written };
    },
  });
  const routes = [...ROUTES.filter(({ doors }) => doors.includes(door)), document];
  return routes;
}
