import type { Clock } from '../engine/clock.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { openCluster } from '../engine/open-cluster.ts';
import type { Pipeline } from '../engine/state.ts';
import { createEventStore, type EventStore } from '../engine/store.ts';
import type { Connection } from '../kafka/client.ts';
import { createGroups, type Groups } from '../kafka/groups.ts';
import type { PipelineOptions } from '../options.ts';
import { namesOf } from '../options.ts';
import { machineMeans } from '../state/files.ts';
import { createMembers, type Members } from '../state/members.ts';
import { createSupervisor, type Supervisor } from '../workers/supervisor.ts';
import { realWorld } from '../workers/world.ts';
import { controlBroker } from './broker-control.ts';
import type { Closers } from './closers.ts';
import type { Entries } from './entries.ts';
import { type Ground, leaseByFile, prepareGround } from './ground.ts';
import { makeStateFolder, meetCluster } from './meet-cluster.ts';
import { keepMetricsFile } from './metrics-file.ts';
import { untilRunningOrRefused } from './refusals.ts';
import { tellWhenRunning } from './running.ts';

/** How long a start looks out for refusals that only workers meet, ms. */
const REFUSAL_MS = 5_000;

/** The state that a pipeline will be told in: there before anything is started, so that a door can show the start. */
export function prepareEvents(
  { readOnly, ...names }: Parameters<typeof namesOf>[0] & Pick<PipelineOptions, 'readOnly'>,
  clock: Clock,
): EventStore {
  return createEventStore({ pipeline: { ...namesOf(names), ...(readOnly ? { readOnly } : {}) }, clock });
}

/**
 * What a pipeline is started in. `onEngine` hears of the engine before its workers are up, for doors that show the start;
 * before a door that draws a screen, workers give way. `report` hears the text report whenever it says something new.
 */
export type World = {
  clock: Clock;
  entries: Entries;
  signal: AbortSignal;
  events: EventStore;
  hasScreen?: boolean;
  report?: { write(text: string): unknown };
  onEngine?(engine: Engine): void;
};

/** Starts everything under a door: broker, topics, lease, workers, engine. What it opens it hands to `closers`. */
export async function openPipeline(options: PipelineOptions, world: World, closers: Closers): Promise<Engine> {
  const { clock, entries, signal, events } = world;
  const { pipeline } = events.store.getState();
  const beganAt = clock.now();
  // Closed last, so that it writes what the workers told at their end.
  closers.add(keepMetricsFile({ events, clock, path: options.metricsFile, stdout: world.report }).close);
  const begin = (what: string) => events.emit({ type: 'start-progressed', what });
  begin(options.brokers ? `reaching ${options.brokers.join(', ')}` : 'broker: opening the log');
  const ground = await prepareGround(options, entries.broker, closers);
  begin(`reaching ${ground.brokers.join(', ')}`);
  const connection: Connection = { brokers: ground.brokers, clientId: 'lunchrush', ...options.security };
  const onReached = () => {
    tellGround(ground, events);
    begin('topics: looking whether they fit');
  };
  // Without workers of its own it reads beside the groups, and holds no lease that others would have to do without.
  const isBeside = options.workers === 0 || pipeline.readOnly === true;
  const role = isBeside || ground.holder !== undefined ? 'onlooker' : 'pipeline';
  const met = await meetCluster(connection, pipeline, { ...options, role, signal, onReached });
  events.emit({ type: 'topics-ensured', partitions: met.partitions, created: met.created });
  for (const sentence of met.warnings) events.emit({ type: 'warned', sentence });

  const stateDir = await makeStateFolder(ground.folder, met.clusterId, pipeline);
  const holder = ground.launched ? ground.holder : isBeside ? undefined : await leaseByFile(stateDir, closers);
  const watchOnly = isBeside || holder !== undefined;
  if (holder !== undefined) events.emit({ type: 'lease-denied', holder });

  begin('workers: joining their groups');
  const members = createMembers({ folder: stateDir, means: machineMeans });
  const groups = createGroups(connection);
  closers.add(async () => groups.close());
  if (!watchOnly) await leaveForTheDead(members, groups);
  const supervisor = createSupervisor({
    world: realWorld(),
    entries,
    groups: pipeline.groups,
    common: {
      connection,
      topics: pipeline.topics,
      partitions: met.partitions,
      stateDir,
      watchOnly,
      yields: world.hasScreen ?? false,
    },
    knobs: { failRate: options.failRate, throttleMs: options.throttleMs },
    emit: events.apply,
    ...memberKeeping(members, groups, pipeline),
  });
  const broker = ground.launched && holder === undefined ? controlBroker(ground.launched, events, clock) : undefined;
  const engine = createEngine({
    events,
    supervisor,
    cluster: openCluster(connection),
    clock,
    random: Math.random,
    ...(broker ? { broker } : {}),
  });
  closers.add(() => engine.close());
  world.onEngine?.(engine);
  const inventory = watchOnly ? 0 : options.workers;
  tellWhenRunning(events, clock, beganAt, inventory);
  // Where the cluster does not say what we may do, only the workers find out.
  const doubtful = options.brokers !== undefined && !met.isAllowed;
  const settled = doubtful ? untilRunningOrRefused(events, clock, REFUSAL_MS) : undefined;
  await Promise.all([startWorkers(supervisor, inventory), settled]);
  await engine.start();
  return engine;
}

function tellGround({ launched, brokers }: Ground, events: EventStore): void {
  const address = brokers.join(',');
  events.emit({
    type: 'broker-started',
    address,
    embedded: launched !== undefined,
    attached: launched?.attached ?? false,
    note: launched?.portNote ?? '',
  });
}

/** Members of ours that a crash left in their groups would be waited for until their sessions end. */
async function leaveForTheDead(members: Members, groups: Groups): Promise<void> {
  for (const { group, memberId } of await members.list()) {
    // One that cannot be left for now ends with its session.
    await groups.leave(group, memberId).catch(() => {});
    await members.forget(memberId);
  }
}

function memberKeeping(members: Members, groups: Groups, { groups: names }: Pipeline) {
  const groupOf = (slot: string) => (slot.startsWith('inventory/') ? names.inventory : names.analytics);
  // A folder that refuses costs one session of waiting after a crash, no more: the pipeline goes on.
  const forget = (memberId: string) => void members.forget(memberId).catch(() => {});
  return {
    remember: (slot: string, memberId: string) =>
      void members.remember({ slot, group: groupOf(slot), memberId }).catch(() => {}),
    forget,
    async leaveFor(groupId: string, _slot: string, memberId: string) {
      await groups.leave(groupId, memberId);
      forget(memberId);
    },
  };
}

async function startWorkers(supervisor: Supervisor, inventory: number): Promise<void> {
  await Promise.all([
    inventory > 0 ? supervisor.scale('inventory', inventory) : undefined,
    supervisor.scale('analytics', 1),
  ]);
}
