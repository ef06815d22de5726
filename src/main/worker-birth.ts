import type { Pipeline } from '../engine/state.ts';
import { toLunchrushError } from '../errors.ts';
import type { Connection } from '../kafka/client.ts';
import { createGroups } from '../kafka/groups.ts';
import { machineMeans } from '../state/files.ts';
import { dataFolder } from '../state/folders.ts';
import { takeLease } from '../state/lock.ts';
import { processStart } from '../state/process-start.ts';
import type { Birth } from '../workers/messages.ts';
import type { Log } from '../workers/process/log.ts';
import type { Follower } from '../workers/process/standing.ts';
import type { World } from '../workers/world.ts';
import type { Closers } from './closers.ts';
import { type Met, makeStateFolder } from './meet-cluster.ts';
import type { WorkerOptions } from './worker.ts';
import { keepOwnMembers, type OwnMembers } from './worker-members.ts';

/** What a worker stands on once its cluster has been met. */
export type Ground = {
  options: WorkerOptions;
  connection: Connection;
  pipeline: Pipeline;
  met: Met;
  world: World;
  log: Log;
  follower: Follower;
  /** Ends the worker cleanly. */
  signal: AbortSignal;
  closers: Closers;
};

/** Where in a pipeline's state folder workers that run alone keep what is theirs, apart from a console's. */
const OWN = 'workers';

/** What a worker is born with, and where its memberships are written down; of a reader and a load there are none. */
export async function bearWorker(ground: Ground): Promise<{ birth: Birth; members: OwnMembers | undefined }> {
  const { options, connection, pipeline, met } = ground;
  const { kind, failRate, throttleMs, readOnly = false } = options;
  const groupId = kind === 'inventory' ? pipeline.groups.inventory : pipeline.groups.analytics;
  const isMember = kind !== 'load' && !readOnly;
  const birth: Birth = {
    slot: `${kind}/1`,
    incarnation: 1,
    connection,
    topics: pipeline.topics,
    partitions: met.partitions,
    groupId,
    knobs: { revision: 1, failRate, throttleMs },
    paused: false,
    stateDir: isMember && kind === 'analytics' ? await ownBook(ground) : '',
    watchOnly: readOnly,
    yields: false,
  };
  return { birth, members: isMember ? await ownMembers(ground, birth) : undefined };
}

/** A folder for the snapshot and the journal of analytics. Another process on it is refused: two would tear them. */
async function ownBook({ options, met, pipeline, closers }: Ground): Promise<string> {
  const root = dataFolder(options.dataDir);
  const folder = await makeStateFolder(root, met.clusterId, pipeline, OWN, 'analytics');
  const lease = await takeLease(folder, machineMeans, { pid: process.pid, startOf: processStart });
  closers.add(() => lease.release());
  return folder;
}

/** Where this worker's memberships are written down. A disk that refuses costs a session of waiting after a crash, no more. */
async function ownMembers(ground: Ground, { slot, groupId }: Birth): Promise<OwnMembers | undefined> {
  const { options, met, pipeline, log } = ground;
  try {
    const folder = await makeStateFolder(dataFolder(options.dataDir), met.clusterId, pipeline, OWN);
    const members = keepOwnMembers(folder, slot, groupId);
    await leaveForTheDead(members, ground);
    return members;
  } catch (thrown) {
    const { message } = toLunchrushError(thrown);
    log.line('warn', 'members-forgotten', `memberships are not written down, so a crash costs a session: ${message}`);
    return undefined;
  }
}

/** Nobody waits out the session of one that has died; where the coordinator cannot be asked, everybody does. */
async function leaveForTheDead(members: OwnMembers, { connection, log }: Ground): Promise<void> {
  const groups = createGroups(connection, { log: log.kafkajs });
  try {
    for (const memberId of await members.leaveForTheDead(groups)) {
      log.line('info', 'member-left', `left the group for ${memberId}, whose process has died`, { memberId });
    }
  } catch (thrown) {
    log.trouble(`members whose processes have died cannot be left for: ${toLunchrushError(thrown).message}`);
  } finally {
    groups.close();
  }
}
