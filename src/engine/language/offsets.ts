import type { PartitionOffset, ReplayFrom } from '../../workers/messages.ts';
import { readDuration } from './quantity.ts';
import type { Value } from './value.ts';

const PAIR = /^([\w.-]+)\/(\d+)=(\d+)$/;

/** `orders/0=120,inventory-events/0=95` → offsets; undefined when a part is no offset or a partition is named twice. */
export function readOffsets(text: string): PartitionOffset[] | undefined {
  const offsets: PartitionOffset[] = [];
  const seen = new Set<string>();
  for (const part of text.split(',')) {
    const [, topic, partition, offset] = PAIR.exec(part) ?? [];
    const read = { topic: topic ?? '', partition: Number(partition), offset: Number(offset) };
    const key = `${read.topic}/${read.partition}`;
    if (topic === undefined || !Number.isSafeInteger(read.partition) || !Number.isSafeInteger(read.offset)) return;
    if (seen.has(key)) return;
    seen.add(key);
    offsets.push(read);
  }
  return offsets;
}

/** Offsets → `orders/0=120,inventory-events/0=95`. */
export function writeOffsets(offsets: readonly PartitionOffset[]): string {
  return offsets.map(({ topic, partition, offset }) => `${topic}/${partition}=${offset}`).join(',');
}

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** `2026-02-19T04:30` (local time without a zone, as ISO 8601 has it) or `-10m` → ms since the epoch, never before it. */
export function readTime(text: string, now: number): number | undefined {
  const at = text.startsWith('-') ? Math.round(now - (readDuration(text.slice(1)) ?? Number.NaN)) : parseIso(text);
  return at >= 0 ? at : undefined;
}

function parseIso(text: string): number {
  return ISO.test(text) ? Date.parse(text) : Number.NaN;
}

function readStart(text: string, now: number): ReplayFrom | undefined {
  if (text === 'beginning') return { type: 'beginning' };
  if (text.includes('=')) {
    const offsets = readOffsets(text);
    return offsets && { type: 'offsets', offsets };
  }
  const at = readTime(text, now);
  return at === undefined ? undefined : { type: 'time', at };
}

function writeStart(from: ReplayFrom): string {
  if (from.type === 'beginning') return from.type;
  return from.type === 'offsets' ? writeOffsets(from.offsets) : new Date(from.at).toISOString();
}

const PLACES = 'offsets such as orders/0=120,inventory-events/0=95, a time such as 2026-02-19T04:30Z, or -10m';

/** Where a replay begins. */
export const replayStart: Value<ReplayFrom> = {
  name: 'FROM',
  is: `beginning, ${PLACES}`,
  choices: ['beginning'],
  read: readStart,
  write: writeStart,
};

/** Where a group's offsets go. */
export const resetTarget: Value<ReplayFrom | { type: 'end' }> = {
  name: 'TO',
  is: `beginning, end, ${PLACES}`,
  choices: ['beginning', 'end'],
  read: (text, now) => (text === 'end' ? { type: 'end' } : readStart(text, now)),
  write: (to) => (to.type === 'end' ? to.type : writeStart(to)),
};
