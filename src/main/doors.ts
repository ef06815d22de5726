import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { EventStore } from '../engine/store.ts';
import type { Doors } from '../http/open-doors.ts';
import type { HttpOptions, PipelineOptions } from '../options.ts';
import type { Closers } from './closers.ts';
import { openPipeline, type World } from './pipeline.ts';

/** What doors are opened in. `note` is told where they are. */
export type DoorWorld = World & { version: string; note?(sentence: string): void };

/**
 * The pipeline, behind HTTP doors where there are to be any. They stand open before it does, so that a port that is taken
 * is found before anything starts, and close before it does, when what is under way has been answered.
 */
export async function openBehindDoors(options: PipelineOptions, world: DoorWorld, closers: Closers): Promise<Engine> {
  if (!options.http) return openPipeline(options, world, closers);
  const doors = await openDoors(options.http, world);
  world.events.emit({ type: 'doors-opened', ...doors.addresses });
  world.note?.(`orders at ${doors.addresses.orders}, analytics at ${doors.addresses.analytics}`);
  const onEngine = (engine: Engine) => {
    world.onEngine?.(engine);
    doors.attach(engine);
  };
  try {
    const engine = await openPipeline(options, { ...world, onEngine }, closers);
    closers.add(doors.close);
    return engine;
  } catch (error) {
    await doors.close();
    throw error;
  }
}

/** What they are made of is only loaded now: who does not want doors does not pay for them. */
async function openDoors(
  options: HttpOptions,
  { events, clock, version }: { events: EventStore; clock: Clock; version: string },
): Promise<Doors> {
  const http = await import('../http/open-doors.ts');
  return http.openDoors({ options, events, clock, version });
}
