import type { State } from '../../../engine/state.ts';
import { labelled } from '../../format/labelled.ts';
import { left } from '../../format/line.ts';
import type { Line } from '../../types.ts';
import type { Foreign } from './rows.ts';

/** Cells of the word, of the dot with the kind, and of what is held. */
const WORD = 12;
const KIND = 12;
const HELD = 8;

/** What a member holds, short: `p0,2`, `6 of 6`, `none`. */
function held(state: State, { kind, member }: Foreign): string {
  const partitions = member.assignment.flatMap((each) => each.partitions);
  if (partitions.length === 0) return 'none';
  const all = state.topics.partitions * (kind === 'analytics' ? 2 : 1);
  return kind === 'analytics' || partitions.length > 3 ? `${partitions.length} of ${all}` : `p${partitions.join(',')}`;
}

/** A worker that runs alone names its machine and its process behind what is plain anyway. */
function nameOf({ kind, member }: Foreign): string {
  return member.clientId.replace(`lunchrush-${kind}-`, '');
}

/** A worker of another program as one line: seen, but not ours to end or to turn. */
export function foreignLine(state: State, row: Foreign, width: number): Line {
  return [
    left('foreign', WORD),
    { text: '● ', tone: 'dim' },
    left(row.kind, KIND - 2),
    left(held(state, row), HELD),
    left(nameOf(row), Math.max(0, width - WORD - KIND - HELD), 'dim'),
  ];
}

/** Such a worker in full, as its coordinator sees it. */
export function foreignDetails({ kind, member }: Foreign, width: number): Line[] {
  const { memberId, clientId, host, assignment } = member;
  const holds = assignment.flatMap(({ topic, partitions }) => partitions.map((p) => `${topic}/${p}`)).join(', ');
  return [
    ...labelled('what', `a member of the ${kind} group that another program runs`, width),
    ...labelled('client', clientId, width),
    ...labelled('host', host, width),
    ...labelled('member', memberId, width),
    ...labelled('holds', holds || 'no partition', width),
    ...labelled('here', 'it is seen, but not ours to pause, to end or to turn: do that where it runs', width),
  ];
}
