import { join } from 'node:path';
import type { Pipeline } from '../engine/state.ts';
import type { Connection, LogSink } from '../kafka/client.ts';
import { fixes } from '../kafka/fixes/index.ts';
import type { Need } from '../kafka/needs.ts';
import { waitForCluster } from '../kafka/reach.ts';
import { mustBeAllowed, readRights } from '../kafka/rights.ts';
import { ensureTopics } from '../kafka/topics.ts';
import type { PipelineOptions } from '../options.ts';
import { machineMeans } from '../state/files.ts';
import { makeFolder, stateFolder } from '../state/folders.ts';
import { needsOf, type Role } from './needs.ts';

/** How long an unreachable cluster is waited for at the start, ms: with all that comes before and after, under ten seconds. */
const REACH_MS = 8_000;

/**
 * A cluster that answers and has the topics of a pipeline. `warnings` are sentences to be told; `isAllowed`: it says that
 * we may do all that we need to, where others do not tell.
 */
export type Met = {
  clusterId: string;
  partitions: number;
  created: string[];
  warnings: string[];
  isAllowed: boolean;
};

/** What the cluster is met with, and as whom. `onReached` is called once it has answered. */
export type Meeting = Pick<PipelineOptions, 'partitions' | 'replicationFactor' | 'readOnly'> & {
  role: Role;
  signal: AbortSignal;
  log?: LogSink;
  onReached?(): void;
};

/**
 * Waits for the cluster, eight seconds at most, and makes sure that we may do what we are going to, and that the
 * pipeline's topics are there and fit. Rejects with KAFKA_UNREACHABLE, KAFKA_REFUSED or KAFKA_TOPICS_UNFIT.
 */
export async function meetCluster(connection: Connection, pipeline: Pipeline, meeting: Meeting): Promise<Met> {
  const { partitions, replicationFactor, readOnly, role, signal, log, onReached } = meeting;
  const { topics, groups } = pipeline;
  const how = { signal, ...(log ? { log } : {}) };
  const { clusterId } = await waitForCluster(connection, { timeoutMs: REACH_MS, ...how });
  onReached?.();
  const asked = { topics: Object.values(topics), groups: Object.values(groups) };
  // Whoever only reads joins no group.
  const isMember = ({ resource, operation }: Need) => resource === 'Group' && operation === 'Read';
  const needs = needsOf(pipeline, role).filter((need) => !(readOnly && isMember(need)));
  let rights = await readRights(connection, asked, how);
  mustBeAllowed(rights, needs);
  const wishes = {
    ...(partitions === undefined ? {} : { partitions }),
    ...(replicationFactor === undefined ? {} : { replicationFactor }),
  };
  const fit = await ensureTopics(connection, topics, { ...wishes, ...how, rights, mayCreate: !readOnly });
  // What we may do with a topic is told only once it is there.
  if (fit.created.length > 0) rights = await readRights(connection, asked, how);
  mustBeAllowed(rights, needs);
  const isAllowed = needs.every((need) => rights.may(need));
  const warnings = fixes.fact ? [...fit.warnings, fixes.fact] : fit.warnings;
  return { clusterId, partitions: fit.partitions, created: fit.created, warnings, isAllowed };
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
