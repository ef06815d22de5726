import { fixOf, type Need, printNeed } from '../../kafka/needs.ts';
import { callRaw } from '../../kafka/wire/raw.ts';
import { type Finding, fail, ok, warn } from '../check.ts';
import { GROUP_RIGHTS, groupRightsRequest, readGroupRights } from '../wire/group-rights.ts';
import { list } from '../words.ts';
import { type ClusterKnown, learned, wayIn } from './cluster.ts';

/** Operations that are granted one by one, by their bits (AclOperation of Kafka's source). */
const BITS = { Read: 3, Write: 4, Create: 5, Describe: 8, DescribeConfigs: 10 } as const;
type Operation = keyof typeof BITS;

/** Something that rights are granted on, as bits where the broker told them, and what we need of it. */
export type Resource = {
  kind: 'Topic' | 'Group';
  name: string;
  operations: number | undefined;
  needs: readonly Operation[];
  /** What goes on without, only less well. */
  wants?: readonly Operation[];
};

/** Whether we may do what a pipeline does. Nothing is tried: the cluster says what it would allow (KIP-430). */
export async function checkPermissions(known: ClusterKnown): Promise<Finding> {
  return judgePermissions([...resourcesOfTopics(known), ...(await resourcesOfGroups(known))]);
}

/** Topics that are missing must be made, which a right on the topic or on the cluster allows. */
export function resourcesOfTopics({ ours, seen }: Pick<ClusterKnown, 'ours' | 'seen'>): Resource[] {
  const { topics } = learned(ours, 'our topics');
  const cluster = learned(seen, 'the cluster').operations;
  return topics.map(({ topic, partitions, operations }) => {
    const mustMake = partitions.length === 0 && !allows(cluster, 'Create');
    return {
      kind: 'Topic',
      name: topic,
      operations,
      needs: ['Read', 'Write', 'Describe', ...(mustMake ? (['Create'] as const) : [])],
      wants: ['DescribeConfigs'],
    };
  });
}

async function resourcesOfGroups(known: ClusterKnown): Promise<Resource[]> {
  const groups = Object.values(known.names.groups);
  return await Promise.all(
    groups.map(async (name) => ({
      kind: 'Group' as const,
      name,
      operations: await groupBits(known, name),
      needs: GROUP,
    })),
  );
}

const GROUP = ['Read', 'Describe'] as const;
const GROUP_NOT_ALLOWED = 30;

/**
 * Bits of what we may do with a group. The one broker that coordinates it tells; to ask which one that is would make the
 * cluster create its topic of offsets where there is none yet, so all of them are asked.
 */
async function groupBits(known: ClusterKnown, groupId: string): Promise<number | undefined> {
  if ((wayIn(known).served?.apis.get(GROUP_RIGHTS.key)?.max ?? 0) < GROUP_RIGHTS.version) return undefined;
  const { brokers } = learned(known.seen, 'the cluster');
  const answers = await known.link().run((cluster) =>
    Promise.all(
      brokers.map(async ({ id }) => {
        const broker = await cluster.findBroker({ nodeId: id });
        return readGroupRights(await callRaw(broker, groupRightsRequest(groupId)))[0];
      }),
    ),
  );
  if (answers.some((answer) => answer?.errorCode === GROUP_NOT_ALLOWED)) return 0;
  return answers.find((answer) => answer?.operations !== undefined)?.operations;
}

/** Judges rights; those that the broker did not tell are not judged. */
export function judgePermissions(resources: readonly Resource[]): Finding {
  const told = resources.filter(({ operations }) => operations !== undefined);
  const data = { told: told.length, of: resources.length };
  if (told.length === 0) return ok('the broker does not tell what we may do', data);
  const missing = lacking(told, ({ needs }) => needs);
  const rest = lacking(told, ({ wants = [] }) => wants);
  if (missing.length > 0) {
    const names = missing.map(printNeed);
    return fail(`not allowed: ${list(names, 8)}`, fixOf(missing), { ...data, missing: names });
  }
  if (rest.length > 0) {
    const names = rest.map(printNeed);
    return warn(`enough, but not allowed: ${list(names, 8)}`, fixOf(rest), { ...data, missing: names });
  }
  const silent = resources.length - told.length;
  return ok(`all that we need is allowed${silent > 0 ? `; of ${silent} the broker does not tell` : ''}`, data);
}

function lacking(resources: readonly Resource[], of: (resource: Resource) => readonly Operation[]): Need[] {
  return resources.flatMap((resource) =>
    of(resource)
      .filter((operation) => !allows(resource.operations, operation))
      .map((operation) => ({ operation, resource: resource.kind, name: resource.name })),
  );
}

function allows(bits: number | undefined, operation: Operation): boolean {
  return bits !== undefined && (bits & (1 << BITS[operation])) !== 0;
}
