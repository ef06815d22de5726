import { LunchrushError } from '../../errors.ts';
import { groupIdOf, ourGroups } from '../group-names.ts';
import type { Run } from '../hall.ts';
import type { GroupLag, PartitionLag } from '../lag/group-lag.ts';
import { columns } from '../print/columns.ts';
import { count, duration, eta, many, rate } from '../print/quantity.ts';

/** Prints how far groups are behind, by partition; asked for anew. */
export const run: Run<'lag'> = async (hall, { group }) => {
  const wanted = group === undefined ? ourGroups(hall) : [groupIdOf(hall, group)];
  for (const id of wanted) if (!ourGroups(hall).includes(id)) hall.watcher.include(id);
  await hall.refresh(['position_lag.inventory', 'lag']);
  const { groups } = hall.events.store.getState();
  const found = wanted.flatMap((id) => groups[id] ?? []);
  if (found.length === 0) throw new LunchrushError('COMMAND_REFUSED', `there is no group ${wanted.join(', ')}`);
  return { data: found.map(lagData), text: found.flatMap(printGroupLag) };
};

/** A group for programs: without what is only kept for drawing. */
export function lagData({ partitions, ...rest }: GroupLag) {
  const told = partitions.map(({ ends, reached, candidate, movedAt, caughtUpAt, ...partition }) => partition);
  return { ...rest, partitions: told };
}

const HEADS = [
  { title: 'topic' },
  { title: 'p', right: true },
  { title: 'current', right: true },
  { title: 'end', right: true },
  { title: 'lag', right: true },
  { title: 'in/s', right: true },
  { title: 'out/s', right: true },
  { title: 'behind', right: true },
  { title: 'ETA', right: true },
  { title: 'owner' },
  { title: 'state' },
];

/** One group as lines: a sentence, then a row for each partition. */
export function printGroupLag(group: GroupLag): string[] {
  const { groupId, state, members, lag, verdict, behindMs } = group;
  const late = behindMs > 0 ? `, ${duration(behindMs)} behind` : '';
  const first = `${groupId}: ${state}, ${many(members.length, 'member')}, lag ${count(lag)}${late}, ${verdict}`;
  return [
    first,
    ...columns(
      HEADS,
      group.partitions.map((p) => row(group, p)),
    ).map((line) => `  ${line}`),
  ];
}

function row(group: GroupLag, p: PartitionLag): string[] {
  const owner = group.members.find((member) =>
    member.assignment.some((a) => a.topic === p.topic && a.partitions.includes(p.partition)),
  );
  const current = p.committed < 0 ? '-' : count(p.committed);
  const rates = [rate(p.inRate), rate(p.outRate)];
  const times = [p.behindMs > 0 ? duration(p.behindMs) : '', eta(p.etaMs)];
  return [
    p.topic,
    String(p.partition),
    current,
    count(p.high),
    count(p.lag),
    ...rates,
    ...times,
    owner?.clientId ?? '-',
    p.verdict,
  ];
}
