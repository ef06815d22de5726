import { ERRORS, type ErrorCode } from '../protocol/errors.ts';

/** What is wrong with the leader epoch that a client believes in; -1 is none. A single node's epoch is always 0 (KIP-320). */
export function epochFault(epoch: number): ErrorCode {
  return epoch > 0 ? ERRORS.UNKNOWN_LEADER_EPOCH : ERRORS.NONE;
}
