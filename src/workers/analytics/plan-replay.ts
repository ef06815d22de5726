import { LunchrushError } from '../../errors.ts';
import type { PartitionReader } from '../../kafka/partition-reader.ts';
import type { Ledger } from '../../orders/ledger.ts';
import type { ReplayFrom, ReplayPreview, ReplayRange } from '../messages.ts';

export type PlanParts = {
  reader: PartitionReader;
  ledger: Ledger;
  partitions: number;
  /** Records a second that this thread folds when it has nothing else to do; 0 when not measured yet. */
  foldRate: number;
};

/** Works out what a replay would read: for every topic-partition from where, to the offset folded so far. */
export async function planReplay(from: ReplayFrom, parts: PlanParts): Promise<ReplayPreview> {
  const { orders, inventoryEvents } = parts.ledger.topics;
  const ranges = (await Promise.all([orders, inventoryEvents].map((topic) => rangesOf(topic, from, parts)))).flat();
  const records = ranges.reduce((sum, r) => sum + r.to - r.from, 0);
  const etaMs = parts.foldRate > 0 ? (records / parts.foldRate) * 1000 : -1;
  return { full: from.type === 'beginning' && ranges.every((r) => r.removed === 0), ranges, records, etaMs };
}

async function rangesOf(topic: string, from: ReplayFrom, parts: PlanParts): Promise<ReplayRange[]> {
  const partitions = Array.from({ length: parts.partitions }, (_, p) => p);
  const marks = await parts.reader.watermarks(topic, partitions);
  const wanted = await wantedOffsets(topic, partitions, from, parts.reader);
  return partitions.map((partition) => {
    const { position } = parts.ledger.fold(topic, partition);
    const low = marks.get(partition)?.low ?? 0;
    const to = position.next;
    const asked = wanted.get(partition) ?? to;
    if (asked > to) throw tooLate(topic, partition, asked, to);
    // What the held state has folded and the log no longer holds.
    const removed = from.type === 'beginning' && position.first >= 0 ? Math.max(0, low - position.first) : 0;
    return { topic, partition, from: Math.min(to, Math.max(low, asked)), to, removed };
  });
}

async function wantedOffsets(
  topic: string,
  partitions: number[],
  from: ReplayFrom,
  reader: PartitionReader,
): Promise<Map<number, number>> {
  if (from.type === 'beginning') return new Map(partitions.map((p) => [p, 0]));
  if (from.type === 'time') return reader.offsetsAt(topic, partitions, from.at);
  const own = from.offsets.filter((o) => o.topic === topic);
  return new Map(own.map(({ partition, offset }) => [partition, offset]));
}

function tooLate(topic: string, partition: number, asked: number, to: number): LunchrushError {
  return new LunchrushError(
    'COMMAND_REFUSED',
    `${topic}/${partition} is folded up to ${to}; a replay cannot begin at ${asked}`,
    {
      fix: `choose an offset of at most ${to}`,
    },
  );
}
