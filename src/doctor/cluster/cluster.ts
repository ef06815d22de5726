import type { Connection } from '../../kafka/client.ts';
import { createGroups, type Groups } from '../../kafka/groups.ts';
import { createPartitionReader, type PartitionReader } from '../../kafka/partition-reader.ts';
import { createLink, type Link } from '../../kafka/wire/link.ts';
import { callRaw } from '../../kafka/wire/raw.ts';
import type { Entry } from '../address/entry.ts';
import { type ClusterSeen, METADATA, metadataRequest, readMetadata } from '../wire/metadata.ts';
import type { TopicConfig } from './configs.ts';

/** The names of a pipeline's topics and groups. */
export type Names = {
  topics: { orders: string; inventoryEvents: string; deadLetters: string };
  groups: { inventory: string; analytics: string };
};

/** The cluster behind the addresses, and what the checks of it have learned so far. */
export type ClusterKnown = {
  entries: readonly Entry[];
  connection: Connection;
  names: Names;
  /** Ms since 1970. */
  now: () => number;
  /** The whole of it as its brokers describe it. */
  seen?: ClusterSeen;
  /** Our topics, by name. */
  ours?: ClusterSeen;
  configs?: ReadonlyMap<string, TopicConfig>;
  /** Opened by whoever is first to need them. */
  reader(): PartitionReader;
  groups(): Groups;
  /** For what neither of the two can ask. */
  link(): Link;
  close(): void;
};

/** So long a question to the cluster may take; one of them may dial, find a coordinator and ask. */
const ASK_MS = 3_500;

/** A cluster of which nothing is known yet. */
export function clusterOf(given: Pick<ClusterKnown, 'entries' | 'connection' | 'names' | 'now'>): ClusterKnown {
  let reader: PartitionReader | undefined;
  let groups: Groups | undefined;
  let link: Link | undefined;
  const how = { deadlineMs: ASK_MS };
  return {
    ...given,
    reader: () => (reader ??= createPartitionReader(given.connection, how)),
    groups: () => (groups ??= createGroups(given.connection, how)),
    link: () => (link ??= createLink(given.connection, how)),
    close() {
      reader?.close();
      groups?.close();
      link?.close();
      for (const { seed } of given.entries) seed?.close();
    },
  };
}

/** An address that let us in. Only to be asked for where one has. */
export function wayIn({ entries }: ClusterKnown): Required<Pick<Entry, 'seed'>> & Entry {
  for (const entry of entries) {
    const { seed } = entry;
    if (seed) return { ...entry, seed };
  }
  throw new Error('no address has let us in');
}

/** Asks for the description of these topics, or of all with null. */
export async function describe(known: ClusterKnown, topics: readonly string[] | null): Promise<ClusterSeen> {
  const { seed, served } = wayIn(known);
  const version = Math.min(METADATA.max, served?.apis.get(METADATA.key)?.max ?? METADATA.min);
  return readMetadata(await callRaw(seed.broker, metadataRequest({ version, topics })), version);
}

/** What an earlier check has learned; where it is missing, the table of checks is wrong. */
export function learned<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} was not learned`);
  return value;
}
