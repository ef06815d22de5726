import type { ApiTable, GroupsOptions, RequestContext, Respond } from '../api.ts';
import { commitOffsets } from './commit.ts';
import type { Coordinator } from './coordinator.ts';
import { deleteGroups } from './delete.ts';
import { deleteOffsets } from './delete-offsets.ts';
import { describeGroups } from './describe.ts';
import { fetchOffsets } from './fetch-offsets.ts';
import { findCoordinator } from './find.ts';
import { heartbeat } from './heartbeat.ts';
import { joinGroup } from './join.ts';
import { leaveGroup } from './leave.ts';
import { listGroups } from './list.ts';
import type { FindCoordinatorRequest } from './messages.ts';
import { syncGroup } from './sync.ts';

type Verb<Request, Response> = (
  coordinator: Coordinator,
  request: Request,
  context: RequestContext,
) => Response | Promise<Response | undefined>;

/** The group APIs by Kafka's key. `coordinator` is asked for with each request, because it is there only after the start. */
export function apiTable(coordinator: () => Coordinator, address: Required<GroupsOptions>['address']): ApiTable {
  // What a gone client asked for is not done: nobody could be told.
  const when =
    <Request, Response>(verb: Verb<Request, Response>): Respond<Request, Response> =>
    (request, context) =>
      context.connection.closed ? undefined : verb(coordinator(), request, context);
  return {
    8: when(commitOffsets),
    9: when(fetchOffsets),
    10: when((_, request: FindCoordinatorRequest) => findCoordinator(address(), request)),
    11: when(joinGroup),
    12: when(heartbeat),
    13: when(leaveGroup),
    14: when(syncGroup),
    15: when(describeGroups),
    16: when(listGroups),
    42: when(deleteGroups),
    47: when(deleteOffsets),
  };
}
