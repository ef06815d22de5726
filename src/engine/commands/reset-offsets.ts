import { LunchrushError } from '../../errors.ts';
import type { PartitionOffset } from '../../workers/messages.ts';
import { abortable } from '../bounded.ts';
import type { ResetTo } from '../command.ts';
import { groupIdOf, ourGroups } from '../group-names.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { meant } from '../language/nearest.ts';
import { columns } from '../print/columns.ts';
import { count, many } from '../print/quantity.ts';
import type { Watermarks } from '../state.ts';
import { topicNamed } from './records.ts';

/** What becomes of one partition; `committed` is null where the group had none, `again` and `skipped` are records. */
export type Reset = {
  topic: string;
  partition: number;
  committed: number | null;
  to: number;
  again: number;
  skipped: number;
};

/** Moves the offsets of a group that nobody is in, and reads them back; without `yes` it only says what would be. */
export const run: Run<'reset-offsets'> = async (hall, command, signal) => {
  const { group, yes } = command;
  refuseOurs(hall, group);
  await refuseUnlessEmpty(hall, group, signal);
  const resets = await abortable(plan(hall, command), signal);
  if (yes) await abortable(commit(hall, group, resets, signal), signal);
  return { data: { group, applied: yes, partitions: resets }, text: printResets(group, resets, yes) };
};

function refuseOurs({ events }: Hall, group: string): void {
  const state = events.store.getState();
  if (!ourGroups(state).includes(groupIdOf(state, group))) return;
  throw new LunchrushError('COMMAND_REFUSED', `${group} is one of our own groups: its workers look after its offsets`, {
    fix: 'replay analytics reads the log again, and compares',
  });
}

async function refuseUnlessEmpty({ cluster }: Hall, group: string, signal: AbortSignal): Promise<void> {
  const [found] = await abortable(cluster.describe([group]), signal);
  if (!found || found.state === 'Dead') {
    const known = await abortable(cluster.groups(), signal);
    throw new LunchrushError('COMMAND_REFUSED', `there is no group "${group}"${meant(group, known)}`);
  }
  if (found.members.length === 0) return;
  const members = found.members.map(({ memberId, host }) => `${memberId} at ${host.replace(/^\//, '')}`);
  const sentence = `${group} has ${many(members.length, 'member')} (${members.join(', ')}): offsets of an active group cannot be set from outside`;
  throw new LunchrushError('COMMAND_REFUSED', sentence, { fix: 'stop its consumers first' });
}

async function plan(hall: Hall, { group, to }: CommandOf<'reset-offsets'>): Promise<Reset[]> {
  const committed = await hall.cluster.allCommitted(group);
  const wanted = to.type === 'offsets' ? named(hall, to.offsets) : committed;
  if (wanted.length === 0) {
    throw new LunchrushError('COMMAND_REFUSED', `${group} has committed nothing`, {
      fix: 'say which partitions it shall have, such as --to orders/0=120',
    });
  }
  await refuseUnknownTopics(hall, wanted, committed);
  const resets: Reset[] = [];
  for (const topic of new Set(wanted.map((each) => each.topic))) {
    const places = await placesIn(hall, topic, to);
    for (const each of wanted.filter((one) => one.topic === topic)) {
      const before = committed.find((one) => one.topic === topic && one.partition === each.partition);
      resets.push(resetOf(each, to, places[each.partition], before?.offset ?? null));
    }
  }
  return resets;
}

function named(hall: Hall, offsets: readonly PartitionOffset[]): PartitionOffset[] {
  return offsets.map((each) => ({ ...each, topic: topicNamed(hall, each.topic) }));
}

/** A topic that the group has committed is there; any other may be a slip. */
async function refuseUnknownTopics(
  { cluster }: Hall,
  wanted: readonly PartitionOffset[],
  committed: readonly PartitionOffset[],
): Promise<void> {
  const sure = new Set(committed.map(({ topic }) => topic));
  if (wanted.every(({ topic }) => sure.has(topic))) return;
  const known = (await cluster.topics()).map(({ topic }) => topic);
  const unknown = wanted.find(({ topic }) => !known.includes(topic))?.topic;
  if (unknown === undefined) return;
  throw new LunchrushError('COMMAND_REFUSED', `there is no topic "${unknown}"${meant(unknown, known)}`);
}

/** What a partition holds, and where the wanted time is in it. */
type Place = Watermarks & { at?: number };

async function placesIn({ cluster }: Hall, topic: string, to: ResetTo): Promise<Place[]> {
  const marks = await cluster.watermarks(topic);
  if (to.type !== 'time') return marks;
  const offsets = await cluster.offsetsAt(topic, to.at);
  return marks.map((each, partition) => ({ ...each, at: offsets[partition] ?? each.high }));
}

function resetOf(wanted: PartitionOffset, to: ResetTo, place: Place | undefined, committed: number | null): Reset {
  const { topic, partition, offset } = wanted;
  const where = `${topic}/${partition}`;
  if (!place) throw new LunchrushError('COMMAND_REFUSED', `there is no ${where}`);
  const { low, high } = place;
  const target = { beginning: low, end: high, offsets: offset, time: place.at ?? high }[to.type];
  if (target < low || target > high) {
    throw new LunchrushError('COMMAND_REFUSED', `${where} cannot go to ${target}: it can go to ${low} to ${high}`);
  }
  // Where retention has passed the group by, it would have gone on at the beginning.
  const from = committed === null ? target : Math.min(Math.max(committed, low), high);
  const moved = { again: Math.max(0, from - target), skipped: Math.max(0, target - from) };
  return { topic, partition, committed, to: target, ...moved };
}

async function commit(hall: Hall, group: string, resets: readonly Reset[], signal: AbortSignal): Promise<void> {
  const offsets = resets.map(({ topic, partition, to }) => ({ topic, partition, offset: to }));
  try {
    await hall.cluster.setOffsets(group, offsets);
  } catch (thrown) {
    // A member that came in the meantime is the likely reason, and a better one than an error code.
    await refuseUnlessEmpty(hall, group, signal);
    throw thrown;
  }
  const now = await hall.cluster.allCommitted(group);
  for (const { topic, partition, offset } of offsets) {
    const found = now.find((each) => each.topic === topic && each.partition === partition)?.offset;
    if (found === offset) continue;
    const sentence = `${topic}/${partition} of ${group} was set to ${offset}, but reads back as ${found ?? 'nothing'}`;
    throw new LunchrushError('COMMAND_FAILED', sentence, { fix: 'see whether one of its consumers came back' });
  }
}

const HEADS = [{ title: 'partition' }, ...['committed', 'new', 'records'].map((title) => ({ title, right: true }))];

/** Each partition on a line, then what was done or not. */
export function printResets(group: string, resets: readonly Reset[], applied: boolean): string[] {
  const rows = resets.map(({ topic, partition, committed, to, again, skipped }) => [
    `${topic}/${partition}`,
    committed === null ? '-' : count(committed),
    count(to),
    again > 0 ? `${count(again)} again` : skipped > 0 ? `${count(skipped)} skipped` : '-',
  ]);
  const sum = (of: 'again' | 'skipped') => resets.reduce((all, reset) => all + reset[of], 0);
  const effect = `${many(sum('again'), 'record')} to be read again, ${count(sum('skipped'))} skipped`;
  const last = applied
    ? `${group} is set, and reads back as set: ${effect}`
    : `${effect}; nothing is changed without --yes`;
  return [...columns(HEADS, rows), last];
}
