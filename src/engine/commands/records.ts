import { LunchrushError } from '../../errors.ts';
import type { ConsumedRecord } from '../../kafka/record.ts';
import { throwIfAborted } from '../bounded.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { printRecord, type ShownRecord, shownRecord } from '../print/record.ts';
import type { Watermarks } from '../state.ts';

/** Prints records of a topic, read outside every group: from an offset on, else the latest. */
export const run: Run<'records'> = async (hall, command, signal) => {
  const topic = topicNamed(hall, command.topic);
  const marks = await hall.cluster.watermarks(topic);
  const wanted = command.partition === undefined ? [...marks.keys()] : [command.partition];
  const records: ShownRecord[] = [];
  for (const partition of wanted) {
    const range = rangeOf(marks[partition], command, `${topic}/${partition}`);
    records.push(...(await readRange(hall, { topic, partition, ...range }, signal)));
  }
  const shown = command.from === undefined ? latest(records, command.limit) : records.slice(0, command.limit);
  return { data: shown, text: shown.length === 0 ? ['no records'] : shown.map(printRecord) };
};

/** Our topics by their plain names, whatever prefix they have here; others as they are. */
export function topicNamed({ pipeline }: Pick<Hall, 'pipeline'>, written: string): string {
  const { orders, inventoryEvents, deadLetters } = pipeline.topics;
  const plain: Record<string, string> = { orders, 'inventory-events': inventoryEvents, 'dead-letters': deadLetters };
  return plain[written] ?? written;
}

function rangeOf(marks: Watermarks | undefined, { from, limit }: CommandOf<'records'>, where: string) {
  if (!marks) throw new LunchrushError('COMMAND_REFUSED', `there is no ${where}`);
  const { low, high } = marks;
  if (from === undefined) return { from: Math.max(low, high - limit), to: high };
  const first = Math.min(Math.max(low, from), high);
  return { from: first, to: Math.min(high, first + limit) };
}

type Range = { topic: string; partition: number; from: number; to: number };

async function readRange(
  hall: Hall,
  { topic, partition, from, to }: Range,
  signal: AbortSignal,
): Promise<ShownRecord[]> {
  const shown: ShownRecord[] = [];
  for await (const chunk of readChunks(hall, { topic, partition, from, to }, signal)) {
    for (const record of chunk) shown.push(shownRecord(topic, partition, record));
  }
  return shown;
}

/** Chunks of a range; nothing is asked for an empty one, and an interruption throws. */
export async function* readChunks(
  { cluster }: Pick<Hall, 'cluster'>,
  { topic, partition, from, to }: Range,
  signal: AbortSignal,
): AsyncGenerator<readonly ConsumedRecord[]> {
  if (to <= from) return;
  for await (const chunk of cluster.read(topic, partition, { from, to, signal })) {
    throwIfAborted(signal);
    yield chunk;
  }
  throwIfAborted(signal);
}

/** The youngest of several partitions, in order of time. */
function latest(records: readonly ShownRecord[], limit: number): ShownRecord[] {
  return [...records].sort((a, b) => a.timestamp - b.timestamp || a.offset - b.offset).slice(-limit);
}
