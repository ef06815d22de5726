import { ERRORS } from '../protocol/errors.ts';
import type { FindCoordinatorRequest, FindCoordinatorResponse } from './messages.ts';

const GROUP = 0;

/**
 * FindCoordinator: there is one broker, so it is the coordinator of every group. Of transactions there is none: error 42,
 * which clients do not retry.
 */
export function findCoordinator(
  here: { nodeId: number; host: string; port: number },
  { key, keyType }: FindCoordinatorRequest,
): FindCoordinatorResponse {
  if (keyType !== GROUP) {
    return nowhere(ERRORS.INVALID_REQUEST, 'The embedded broker coordinates consumer groups only, not transactions.');
  }
  if (key === '') return nowhere(ERRORS.INVALID_GROUP_ID, 'The group id is empty.');
  return { throttleTimeMs: 0, errorCode: ERRORS.NONE, errorMessage: null, ...here };
}

function nowhere(errorCode: number, errorMessage: string): FindCoordinatorResponse {
  return { throttleTimeMs: 0, errorCode, errorMessage, nodeId: -1, host: '', port: -1 };
}
