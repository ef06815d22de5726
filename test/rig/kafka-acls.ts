import { createRequire } from 'node:module';
import { Kafka, logLevel } from 'kafkajs';
import { until } from './until.ts';

// kafkajs's enums are not among the names that an import sees.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = createRequire(
  import.meta.url,
)('kafkajs') as typeof import('kafkajs');

type Operation = Exclude<keyof typeof AclOperationTypes, 'UNKNOWN' | 'ANY'>;

/** Operations on a topic, a group, a transactional id or the cluster. `*` is every name, `x*` every name that begins with x. */
export type Right = { operations: readonly Operation[] } & (
  | { topic: string }
  | { group: string }
  | { transactionalId: string }
  | { cluster: true }
);

function resourceOf(right: Right): { resourceType: number; name: string } {
  if ('topic' in right) return { resourceType: AclResourceTypes.TOPIC, name: right.topic };
  if ('group' in right) return { resourceType: AclResourceTypes.GROUP, name: right.group };
  if ('transactionalId' in right)
    return { resourceType: AclResourceTypes.TRANSACTIONAL_ID, name: right.transactionalId };
  return { resourceType: AclResourceTypes.CLUSTER, name: 'kafka-cluster' };
}

function aclsOf(user: string, rights: readonly Right[], how: 'ALLOW' | 'DENY') {
  return rights.flatMap((right) => {
    const { resourceType, name } = resourceOf(right);
    const isPrefix = name.length > 1 && name.endsWith('*');
    return right.operations.map((operation) => ({
      resourceType,
      resourceName: isPrefix ? name.slice(0, -1) : name,
      resourcePatternType: isPrefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
      principal: `User:${user}`,
      host: '*',
      operation: AclOperationTypes[operation],
      permissionType: AclPermissionTypes[how],
    }));
  });
}

type Named = { resourceType: number; resourceName: string; operation: number; permissionType: number };

/** `resourcePatternType` is left out: kafkajs calls it otherwise in answers, and no test needs both patterns of a name. */
function nameOf({ resourceType, resourceName, operation, permissionType }: Named): string {
  return `${resourceType} ${resourceName} ${operation} ${permissionType}`;
}

const EVERY = {
  resourceType: AclResourceTypes.ANY,
  resourcePatternType: ResourcePatternTypes.ANY,
  operation: AclOperationTypes.ANY,
  permissionType: AclPermissionTypes.ANY,
};

/** Allows or denies rights to a user, which wins; resolves when every one of the nodes says so. */
export async function rule(
  addresses: readonly string[],
  how: 'ALLOW' | 'DENY',
  user: string,
  rights: readonly Right[],
): Promise<void> {
  const wanted = aclsOf(user, rights, how);
  const admins = addresses.map((address) => new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).admin());
  try {
    for (const admin of admins) await admin.connect();
    await admins[0]?.createAcls({ acl: wanted });
    for (const admin of admins) {
      await until(`rights of ${user}`, async () => {
        const { resources } = await admin.describeAcls({ ...EVERY, principal: `User:${user}` });
        const there = new Set(resources.flatMap(({ acls, ...of }) => acls.map((acl) => nameOf({ ...of, ...acl }))));
        return wanted.every((acl) => there.has(nameOf(acl)));
      });
    }
  } finally {
    for (const admin of admins) await admin.disconnect();
  }
}
