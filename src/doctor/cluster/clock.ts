import { callRaw } from '../../kafka/wire/raw.ts';
import { type Finding, ok, warn } from '../check.ts';
import { DESCRIBE_QUORUM, quorumRequest, readQuorumTime } from '../wire/quorum.ts';
import { took } from '../words.ts';
import { type ClusterKnown, learned, wayIn } from './cluster.ts';

const SET_CLOCKS = 'let both machines set their clocks (NTP): latencies and times of records depend on it';
const TELLS_NO_TIME = 'the cluster tells no time';
/** Less than this nobody sees in a latency or on an axis. */
const TOLERATED_MS = 1_000;

/**
 * How far our clock is from the cluster's. The protocol tells no time; but the leading controller of a KRaft cluster says
 * when it last heard of each voter, and of itself that is now. Elsewhere only the newest records can be looked at, which
 * show no more than that one of the clocks is ahead.
 */
export async function compareClocks(known: ClusterKnown): Promise<Finding> {
  const { seed, served } = wayIn(known);
  const range = served?.apis.get(DESCRIBE_QUORUM.key);
  let why = TELLS_NO_TIME;
  if (range && range.max >= DESCRIBE_QUORUM.version) {
    const before = known.now();
    const { time: theirs, isAllowed } = readQuorumTime(await callRaw(seed.broker, quorumRequest()));
    const after = known.now();
    if (theirs !== undefined) return judgeOffset({ theirs, before, after });
    if (!isAllowed) why = 'we may not ask the controller (Describe on Cluster)';
  }
  return judgeNewest(await newestRecord(known), known.now(), why);
}

/** Judges a time that was told between two looks at our own clock. */
export function judgeOffset({ theirs, before, after }: { theirs: number; before: number; after: number }): Finding {
  const offset = Math.round(theirs - (before + after) / 2);
  const within = Math.max(1, Math.ceil((after - before) / 2));
  const data = { offsetMs: offset, withinMs: within, comparedWith: 'the leading controller' };
  const how = `${took(Math.abs(offset))} (± ${took(within)}) ${offset < 0 ? 'behind' : 'ahead of'} ours`;
  if (Math.abs(offset) <= within)
    return ok(`that of the leading controller agrees with ours (± ${took(within)})`, data);
  const found = `that of the leading controller is ${how}`;
  return Math.abs(offset) <= TOLERATED_MS ? ok(found, data) : warn(found, SET_CLOCKS, data);
}

/** The newest record of our topics; `byBroker`: its time is when the broker appended it. */
export type Newest = { place: string; timestamp: number; byBroker: boolean };

/** Judges by the newest record, if there is one; `why` nothing better is at hand. */
export function judgeNewest(newest: Newest | undefined, now: number, why = TELLS_NO_TIME): Finding {
  if (!newest) return ok(`not compared: ${why}, and there is no record yet`);
  const { place, timestamp, byBroker } = newest;
  const ahead = timestamp - now;
  const whose = byBroker ? "the broker's" : "its sender's";
  const data = { aheadMs: ahead, comparedWith: place };
  if (ahead > TOLERATED_MS) {
    return warn(`${place} is from ${took(ahead)} in the future: ${whose} clock and ours differ`, SET_CLOCKS, data);
  }
  return ok(`no sign of a difference: ${place}, by ${whose} clock, is not from the future; ${why}`, data);
}

async function newestRecord(known: ClusterKnown): Promise<Newest | undefined> {
  const topics = learned(known.ours, 'our topics').topics;
  const records = await Promise.all(topics.map(({ topic, partitions }) => newestOf(known, topic, partitions.length)));
  return records.flat().sort((a, b) => b.timestamp - a.timestamp)[0];
}

async function newestOf(known: ClusterKnown, topic: string, partitions: number): Promise<Newest[]> {
  if (partitions === 0) return [];
  const reader = known.reader();
  const marks = await reader.watermarks(topic, [...Array(partitions).keys()]);
  const byBroker = known.configs?.get(topic)?.timestamps === 'LogAppendTime';
  const lasts = [...marks].map(async ([partition, { low, high }]) => {
    const record = high > low ? await reader.readOne(topic, partition, high - 1) : undefined;
    return record ? [{ place: `${topic}/${partition}@${high - 1}`, timestamp: record.timestamp, byBroker }] : [];
  });
  return (await Promise.all(lasts)).flat();
}
