import { join } from 'node:path';
import type { Pipeline } from '../engine/state.ts';
import type { Connection, LogSink } from '../kafka/client.ts';
import { fixes } from '../kafka/fixes/index.ts';
import { waitForCluster } from '../kafka/reach.ts';
import { ensureTopics } from '../kafka/topics.ts';
import type { PipelineOptions } from '../options.ts';
import { machineMeans } from '../state/files.ts';
import { makeFolder, stateFolder } from '../state/folders.ts';

/** How long an unreachable cluster is waited for at the start, ms. */
const REACH_MS = 10_000;

/** A cluster that answers and has the topics of a pipeline. `warnings` are sentences to be told. */
export type Met = { clusterId: string; partitions: number; created: string[]; warnings: string[] };

/** What the cluster is met with. `onReached` is called once it has answered. */
export type Meeting = Pick<PipelineOptions, 'partitions' | 'replicationFactor'> & {
  signal: AbortSignal;
  log?: LogSink;
  onReached?(): void;
};

/**
 * Waits for the cluster, ten seconds at most, and makes sure that the pipeline's topics are there and fit. Rejects with
 * KAFKA_UNREACHABLE, KAFKA_REFUSED or KAFKA_TOPICS_UNFIT.
 */
export async function meetCluster(connection: Connection, { topics }: Pipeline, meeting: Meeting): Promise<Met> {
  const { partitions, replicationFactor, signal, log, onReached } = meeting;
  const how = { signal, ...(log ? { log } : {}) };
  const { clusterId } = await waitForCluster(connection, { timeoutMs: REACH_MS, ...how });
  onReached?.();
  const wishes = {
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
  };
  const fit = await ensureTopics(connection, topics, { ...wishes, ...how });
  const warnings = fixes.fact ? [...fit.warnings, fixes.fact] : fit.warnings;
  return { clusterId, partitions: fit.partitions, created: fit.created, warnings };
}

/** The folder of a pipeline's state on this cluster below `root`, made if it is not there; `below` leads to one inside it. */
export async function makeStateFolder(
  root: string,
  clusterId: string,
  { topics, groups }: Pipeline,
  ...below: string[]
): Promise<string> {
  const key = {
    clusterId,
    ordersTopic: topics.orders,
    inventoryEventsTopic: topics.inventoryEvents,
    group: groups.analytics,
  };
  return await makeFolder(join(stateFolder(root, key), ...below), machineMeans);
}
