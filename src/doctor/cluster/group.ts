import type { GroupDescription } from '../../kafka/groups.ts';
import { type Finding, fail, ok, warn } from '../check.ts';
import { harmless, list, many } from '../words.ts';
import { type ClusterKnown, learned } from './cluster.ts';

/** A committed offset and what its partition holds, [low, high). */
export type Commit = { topic: string; partition: number; offset: number; low: number; high: number };

/** How our members divide partitions; a group divides in one way only. */
const OUR_PROTOCOL = 'RoundRobinAssigner';
/** Client ids of our members begin so. */
const OURS = /^lunchrush/;

/**
 * Looks at one of our groups: who is in it, and what it has committed. One that no broker lists is not asked for: looking
 * for its coordinator would make the cluster create its topic of offsets where there is none yet.
 */
export async function lookAtGroup(known: ClusterKnown, groupId: string): Promise<Finding> {
  if (!(await known.groups().list()).includes(groupId)) return ok('nobody has used it yet');
  const [group] = await known.groups().describe([groupId]);
  return judgeGroup(learned(group, 'the group'), await commitsOf(known, groupId));
}

async function commitsOf(known: ClusterKnown, groupId: string): Promise<Commit[]> {
  const topics = learned(known.ours, 'our topics').topics.filter(({ partitions }) => partitions.length > 0);
  const offsets = await known.groups().allOffsets(groupId);
  const commits = topics.map(async ({ topic }) => {
    const own = offsets.filter((each) => each.topic === topic);
    const partitions = own.map(({ partition }) => partition);
    const marks = partitions.length > 0 ? await known.reader().watermarks(topic, partitions) : new Map();
    return own.map(({ partition, offset }) => ({ topic, partition, offset, ...(marks.get(partition) ?? NOTHING) }));
  });
  return (await Promise.all(commits)).flat();
}

const NOTHING = { low: 0, high: 0 };

/** Judges what was seen of a group. */
export function judgeGroup({ state, protocol, members }: GroupDescription, commits: readonly Commit[]): Finding {
  const foreign = members.filter(({ clientId }) => !OURS.test(clientId));
  const lag = commits.reduce((sum, { offset, high }) => sum + Math.max(0, high - offset), 0);
  const data = { state, protocol, members: members.map(({ clientId, clientHost }) => ({ clientId, clientHost })), lag };
  if (members.length > 0 && protocol !== '' && protocol !== OUR_PROTOCOL) {
    const found = `its ${many(members.length, 'member')} divide partitions by ${harmless(protocol)}, which we do not speak`;
    return fail(found, 'stop them, or use another group with --prefix', data);
  }
  if (foreign.length > 0) {
    const who = list(foreign.map(({ clientId, clientHost }) => harmless(`${clientId} at ${clientHost}`)));
    const found = `${state}; not ours: ${who}, which would take some partitions`;
    return warn(found, 'stop them, or use another group with --prefix', data);
  }
  const outside = commits.filter(({ offset, low, high }) => offset < low || offset > high);
  if (outside.length > 0) return warn(`committed ${list(outside.map(sayOutside))}`, FORGET, data);
  return ok(say(state, members.length, commits.length, lag), data);
}

const FORGET = 'nothing: a start finds its place by what the log says; find out who removed records or topics';

function sayOutside({ topic, partition, offset, low, high }: Commit): string {
  const why = offset < low ? `retention has removed all below ${low}` : `the end is ${high}`;
  return `${offset} in ${topic}/${partition}, but ${why}`;
}

function say(state: string, members: number, commits: number, lag: number): string {
  const who = members === 0 ? 'nobody in it' : many(members, 'member');
  return `${state}, ${who}, ${commits === 0 ? 'nothing committed' : `lag ${lag.toLocaleString('en-US')}`}`;
}
