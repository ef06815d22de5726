import { machineFiles } from '../../state/files.ts';
import { stateFolder } from '../../state/folders.ts';
import { leaseHolder } from '../../state/lock.ts';
import { processStart } from '../../state/process-start.ts';
import { type Finding, ok } from '../check.ts';
import { type ClusterKnown, learned } from '../cluster/cluster.ts';

/** Whether another program on this machine runs this very pipeline; a second one only watches. Nothing is taken. */
export async function lookAtLease(
  { seen, names }: Pick<ClusterKnown, 'seen' | 'names'>,
  root: string,
): Promise<Finding> {
  const folder = stateFolder(root, {
    clusterId: learned(seen, 'the cluster').clusterId ?? '',
    ordersTopic: names.topics.orders,
    inventoryEventsTopic: names.topics.inventoryEvents,
    group: names.groups.analytics,
  });
  const holder = await leaseHolder(folder, machineFiles, processStart);
  if (holder === undefined) return ok('no other program on this machine runs this pipeline');
  return ok(`process ${holder} runs this pipeline; another console would only watch`, { holder });
}
