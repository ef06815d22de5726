import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { State } from '../engine/state.ts';
import type { EventStore } from '../engine/store.ts';
import { createFeed, type Feed } from './feed.ts';
import { createLimit, type Limit } from './limit.ts';
import { createExposition, type Exposition } from './metrics/exposition.ts';
import { type More, Refusal } from './problem.ts';
import { createTurns, type Turns } from './turns.ts';

/** What stands behind the doors, and all that a handler may reach. */
export type Within = {
  /** Throws a Refusal, with these members, while the pipeline starts. */
  engine(more?: More): Engine;
  state(): State;
  clock: Clock;
  feed: Feed;
  exposition: Exposition;
  /** Who listens to the feed. */
  listeners: Limit;
  /** Commands under way. */
  commands: Limit;
  /** Load tests, one after the other. */
  loads: Turns;
};

/** What is behind the doors, before the engine is. */
export function createWithin(
  events: Pick<EventStore, 'store' | 'onEvent'>,
  { clock, version }: { clock: Clock; version: string },
) {
  let engine: Engine | undefined;
  const state = () => events.store.getState();
  const feed = createFeed(events, clock.now());
  const exposition = createExposition(events, { version, clock });
  const within: Within = {
    engine(more) {
      if (!engine) throw stillStarting(state(), more);
      return engine;
    },
    state,
    clock,
    feed,
    exposition,
    listeners: createLimit(64, 'clients listen'),
    commands: createLimit(64, 'commands are under way'),
    loads: createTurns(64, 'load tests'),
  };
  const attach = (started: Engine) => {
    engine = started;
  };
  const close = () => {
    feed.close();
    exposition.close();
  };
  return { within, attach, close };
}

/** Why nothing but the state can be asked for yet. */
export function stillStarting({ start }: State, more: More = {}): Refusal {
  return new Refusal(503, start.what ? `the pipeline is starting: ${start.what}` : 'the pipeline is starting', more);
}

/** Why the cluster cannot be used, in a sentence; undefined when it can. */
function awayBecause({ cluster }: State): string | undefined {
  const { state, address, reason } = cluster;
  switch (state) {
    case 'up':
      return undefined;
    case 'starting':
      return 'the cluster has not been reached yet';
    case 'stopped':
      return `the broker at ${address} is stopped${reason ? `: ${reason}` : ''}`;
    case 'away':
      return `Kafka at ${address} is away: ${reason}`;
  }
}

/** What asks the cluster need not wait to hear that it is away. Throws a Refusal. */
export function refuseIfAway(within: Pick<Within, 'state'>): void {
  const why = awayBecause(within.state());
  if (why) throw new Refusal(503, why);
}
