import { CODE, faultOf, faultOfCode, KafkaFault } from '../errors.ts';
import { type FetchedPartition, fetch } from '../wire/fetch.ts';
import type { Link } from '../wire/link.ts';
import { EARLIEST, LATEST, listOffsets } from '../wire/offsets.ts';
import { pause } from '../wire/pause.ts';
import { decodeBatches } from '../wire/record-batches.ts';
import type { GroupListener } from './listener.ts';
import type { Position, Positions } from './positions.ts';

/** What the fetches of one generation share. */
export type Fetching = {
  positions: Positions;
  on: Pick<GroupListener, 'batch' | 'jumped' | 'trouble'>;
  maxBytesPerPartition: number;
  maxWaitTimeMs: number;
  /** Aborted when the generation is over: nothing is delivered after that. */
  signal: AbortSignal;
  /** Asks who leads the partitions now. */
  refreshLeaders(): Promise<void>;
};

/** A broker that leads some of the partitions, fetched from over a connection of its own. */
export type Lane = { nodeId: number; link: Link; mine(): Position[]; woken(): Promise<void> };

type Asked = { position: Position; offset: number; seeks: number };

/** While a partition is paused it may be resumed at any time, and then must not wait for a long poll of the others. */
const SHORT_WAIT_MS = 50;
const RETRY_MS = 100;
const ANSWER_MS = 5_000;
const OTHER_LEADER: readonly number[] = [3, 5, 6, 9, 72, 74, 75, 78, 100];

/** Fetches for one broker until the generation is over: one request at a time, nothing decoded that nobody takes. */
export async function runLane(lane: Lane, fetching: Fetching): Promise<void> {
  const { signal } = fetching;
  while (!signal.aborted) {
    const active = lane.mine().filter(({ paused }) => !paused);
    if (active.length === 0) await lane.woken();
    else await fetchRound(lane, fetching, active).catch((thrown) => recover(thrown, fetching));
  }
}

async function recover(thrown: unknown, { on, signal, refreshLeaders }: Fetching): Promise<void> {
  if (signal.aborted) return;
  const fault = faultOf(thrown);
  if (!fault?.retriable) throw thrown;
  on.trouble?.(fault);
  await pause(RETRY_MS, signal).catch(() => undefined);
  await refreshLeaders();
}

async function fetchRound(lane: Lane, fetching: Fetching, active: Position[]): Promise<void> {
  // Judged by what is left out of this very round: a partition may be resumed while the positions are looked up.
  const isWhole = active.length === lane.mine().length;
  const maxWaitMs = isWhole ? fetching.maxWaitTimeMs : Math.min(SHORT_WAIT_MS, fetching.maxWaitTimeMs);
  const asked = await placed(lane, active);
  const maxBytes = fetching.maxBytesPerPartition;
  const wanted = asked.map(({ position: { topic, partition }, offset }) => ({ topic, partition, offset, maxBytes }));
  const answer = await lane.link.run(
    async (cluster) => {
      const broker = await cluster.findBroker({ nodeId: lane.nodeId });
      return await fetch(broker, wanted, { maxWaitMs, on: 0 });
    },
    { deadlineMs: maxWaitMs + ANSWER_MS, signal: fetching.signal },
  );
  for (const fetched of answer.partitions) {
    const request = asked.find(({ position }) => isSame(position, fetched));
    if (request) await take(lane, fetching, request, fetched);
  }
}

function isSame(a: { topic: string; partition: number }, b: { topic: string; partition: number }): boolean {
  return a.partition === b.partition && a.topic === b.topic;
}

/** Gives positions that have none the start of their partition, and notes what is asked for. */
async function placed(lane: Lane, active: Position[]): Promise<Asked[]> {
  for (const position of active) {
    if (position.offset !== undefined) continue;
    const { topic, partition, seeks } = position;
    const starts = await lane.link.run((cluster) => listOffsets(cluster, topic, [partition], EARLIEST));
    if (position.seeks === seeks) position.offset = starts.get(partition) ?? 0;
  }
  return active.map((position) => ({ position, offset: position.offset ?? 0, seeks: position.seeks }));
}

function isStale({ position, seeks }: Asked, { signal }: Fetching): boolean {
  return signal.aborted || position.paused || position.seeks !== seeks;
}

async function take(lane: Lane, fetching: Fetching, asked: Asked, fetched: FetchedPartition): Promise<void> {
  if (isStale(asked, fetching)) return;
  if (fetched.errorCode !== 0) return await complain(lane, fetching, asked, fetched.errorCode);
  if (fetched.batches.length === 0) return;
  const { records, next } = await decodeBatches(fetched.batches, asked.offset, fetched.aborted);
  if (isStale(asked, fetching)) return;
  const { topic, partition } = fetched;
  asked.position.offset = next;
  const first = records[0];
  if (!first) return;
  const { highWatermark } = fetched;
  fetching.on.batch({ topic, partition, records, firstOffset: first.offset, expected: asked.offset, highWatermark });
}

async function complain(lane: Lane, fetching: Fetching, asked: Asked, code: number): Promise<void> {
  const { topic, partition } = asked.position;
  if (code === CODE.OFFSET_OUT_OF_RANGE) return await jump(lane, fetching, asked);
  const fault = faultOfCode(code, `${topic}/${partition}`, { api: 'Fetch', topic });
  if (!fault.retriable) throw new KafkaFault(fault);
  fetching.on.trouble?.(fault);
  await pause(RETRY_MS, fetching.signal);
  if (OTHER_LEADER.includes(code)) await fetching.refreshLeaders();
}

/** The partition does not hold the position: go on at its start, which is where nothing is lost, and say so. */
async function jump(lane: Lane, fetching: Fetching, asked: Asked): Promise<void> {
  const { topic, partition } = asked.position;
  const ask = (time: number) => lane.link.run((cluster) => listOffsets(cluster, topic, [partition], time));
  const low = (await ask(EARLIEST)).get(partition) ?? 0;
  const high = (await ask(LATEST)).get(partition) ?? 0;
  if (isStale(asked, fetching)) return;
  if (asked.offset >= low && asked.offset <= high) return await pause(RETRY_MS, fetching.signal);
  asked.position.offset = low;
  fetching.on.jumped?.({ topic, partition, from: asked.offset, to: low, low, high });
}
