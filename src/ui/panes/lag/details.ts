import type { GroupLag, PartitionLag } from '../../../engine/lag/group-lag.ts';
import { RATE_STRETCH } from '../../../engine/lag/rate.ts';
import type { State } from '../../../engine/state.ts';
import { padEnd } from '../../cells.ts';
import { LABEL, labelled } from '../../format/labelled.ts';
import { count, rate } from '../../format/number.ts';
import { clock, seconds } from '../../format/time.ts';
import type { Line } from '../../types.ts';
import { nameOf, type Owner } from './owners.ts';
import { type LagRow, verdictOf } from './rows.ts';
import { explain, toneOf } from './verdicts.ts';

/** The partition that a row's verdict is about: its own, or the worst of its group. */
function worstOf({ group, ...row }: LagRow): PartitionLag | undefined {
  if ('partition' in row) return row.partition;
  const bad = group.partitions.filter(({ verdict }) => verdict === group.verdict);
  return bad.reduce<PartitionLag | undefined>((most, each) => (most && most.lag >= each.lag ? most : each), undefined);
}

/** A row of the lag table in full: the verdict in words, why, what helps, the figures and the members. */
export function lagDetails(state: State, row: LagRow, now: number, width: number): Line[] {
  const { group } = row;
  const verdict = verdictOf(row);
  const worst = worstOf(row);
  const said = worst && explain(verdict, { state, group, partition: worst, now });
  const where = worst && row.is !== 'partition' && verdict !== 'ok' ? ` (${worst.topic}/${worst.partition})` : '';
  return [
    [{ text: `${verdict}${where}`, tone: toneOf(verdict) }],
    ...(said ? [...labelled('why', said.why, width), ...labelled('what helps', said.helps, width)] : []),
    [],
    ...(row.is === 'partition' ? figures(row.partition, row.owner, width) : groupFigures(state, group, width)),
  ];
}

function figures(partition: PartitionLag, owner: Owner, width: number): Line[] {
  const { committed, low, high, progress, inRate, outRate, lag, behindMs, etaMs, movedAt } = partition;
  const left =
    etaMs === null ? 'does not drain at these rates' : lag === 0 ? 'nothing left' : `done in ${seconds(etaMs)}`;
  const behind = lag === 0 ? '' : `, the first waiting record is ${seconds(behindMs)} old`;
  return [
    ...labelled(
      'lag',
      `${count(lag)} = end ${count(high)} − committed ${committed < 0 ? 'none' : count(committed)}${behind}`,
      width,
    ),
    ...labelled('worked off', `up to ${count(progress)}, last moved ${clock(movedAt)}`, width),
    ...labelled('log', `${count(low)} to ${count(high)}`, width),
    ...labelled('rates', `${rate(inRate)} in, ${rate(outRate)} out over ${RATE_STRETCH}; ${left}`, width),
    ...labelled('owner', ownerText(owner), width),
  ];
}

/** Words for who an owner is. */
function ownerText({ name, is, member }: Owner): string {
  const who = member ? `${member.clientId} at ${member.host}, member ${member.memberId}` : '';
  switch (is) {
    case 'nobody':
      return 'nobody';
    case 'ours':
      return `${name}: ${who}`;
    case 'gone':
      return `${name}: ${who}; its thread is gone, the group waits out its session`;
    case 'foreign':
      return `another program's: ${who}`;
  }
}

function groupFigures(state: State, group: GroupLag, width: number): Line[] {
  const { groupId, protocol, members, partitions } = group;
  const topics = [...new Set(partitions.map(({ topic }) => topic))].join(', ');
  return [
    ...labelled('group', `${groupId}: ${group.state}${protocol === '' ? '' : `, ${protocol}`}, reads ${topics}`, width),
    ...members.flatMap((member, i) =>
      labelled(i === 0 ? 'members' : '', `${ownerText(nameOf(state, member))} has ${held(member)}`, width),
    ),
    ...partitions.map(
      (p): Line => [
        { text: padEnd(`  ${p.topic}/${p.partition}`, LABEL + 12) },
        { text: `${count(p.lag)} behind, ` },
        { text: p.verdict, tone: toneOf(p.verdict) },
      ],
    ),
  ];
}

function held({ assignment }: GroupLag['members'][number]): string {
  const parts = assignment.filter(({ partitions }) => partitions.length > 0);
  return parts.map(({ topic, partitions }) => `${topic}/${partitions.join(',')}`).join(' ') || 'no partition';
}
