import { setMaxListeners } from 'node:events';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { EventStore } from '../engine/store.ts';
import { LunchrushError } from '../errors.ts';
import { createDoor, type Patience } from './door.ts';
import { isLoopback } from './guard.ts';
import { listen } from './listen.ts';
import type { DoorName } from './route.ts';
import { routesOf } from './routes/table.ts';
import { createWithin } from './within.ts';

/** Where the doors are, and who may come in. `token` is a secret. */
export type DoorOptions = {
  host: string;
  ordersPort: number;
  analyticsPort: number;
  token?: string;
  insecure: boolean;
};

/** What the doors open on. */
export type DoorsParts = {
  events: Pick<EventStore, 'store' | 'onEvent'>;
  options: DoorOptions;
  clock: Clock;
  version: string;
  /** How long clients may take. */
  patience?: Patience;
};

/** Both doors, open. */
export type Doors = {
  /** `http://host:port` of each. */
  addresses: Record<DoorName, string>;
  /** Hands the engine over; until then the doors say that the pipeline is starting. */
  attach(engine: Engine): void;
  /** Takes no more in, waits for what is under way, at most for a while, and closes. */
  close(): Promise<void>;
};

/** How long requests under way may take when the doors close, ms: first by themselves, then after being asked to end. */
const GRACE_MS = 10_000;
const LAST_WORDS_MS = 2_000;

/** Opens both doors, or none. Rejects with PORT_TAKEN, or with OPTIONS_WRONG where strangers could walk in. */
export async function openDoors({ options, events, clock, version, patience }: DoorsParts): Promise<Doors> {
  refuseOpenHouse(options);
  const closing = new AbortController();
  // As many as there are requests under way, of which there may be many.
  setMaxListeners(0, closing.signal);
  const inside = createWithin(events, { clock, version });
  const build = (door: DoorName) =>
    createDoor({
      routes: routesOf(door, { version, token: options.token !== undefined }),
      within: inside.within,
      guarding: options,
      closing: closing.signal,
      ...(patience ? { patience } : {}),
    });
  const apps = [build('orders'), build('analytics')] as const;
  const close = async () => {
    inside.close();
    await closeWithin(apps, clock, closing);
  };
  try {
    return { addresses: await listenBoth(apps, options), attach: inside.attach, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function refuseOpenHouse({ host, token, insecure }: DoorOptions): void {
  if (isLoopback(host) || token !== undefined || insecure) return;
  throw new LunchrushError('OPTIONS_WRONG', `whoever reaches ${host} could do anything here`, {
    fix: 'set a token with LUNCHRUSH_HTTP_TOKEN or --http-token-file, or say --insecure-http',
  });
}

async function listenBoth(
  [orders, analytics]: readonly [FastifyInstance, FastifyInstance],
  { host, ordersPort, analyticsPort }: DoorOptions,
): Promise<Record<DoorName, string>> {
  return {
    orders: await listen(orders, { host, port: ordersPort, option: '--orders-port' }),
    analytics: await listen(analytics, { host, port: analyticsPort, option: '--analytics-port' }),
  };
}

/** Requests under way have their time, then they are asked to end, then they are cut off. */
async function closeWithin(apps: readonly FastifyInstance[], clock: Clock, closing: AbortController): Promise<void> {
  const hurry = clock.setTimer(GRACE_MS, () => closing.abort());
  const cut = clock.setTimer(GRACE_MS + LAST_WORDS_MS, () => {
    for (const app of apps) app.server.closeAllConnections();
  });
  await Promise.all(apps.map((app) => app.close())).finally(() => {
    hurry();
    cut();
  });
}
