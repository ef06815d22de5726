import type { RawRequest } from '../../kafka/wire/raw.ts';
import { Reader, Writer } from './bytes.ts';

/** What we may do with a group; `operations` undefined where it was not told. */
export type GroupRights = { errorCode: number; groupId: string; operations: number | undefined };

/** The version of DescribeGroups that tells permissions (KIP-430). */
export const GROUP_RIGHTS = { key: 15, version: 3 } as const;

const NOT_TOLD = -2_147_483_648;

/** Asks a coordinator about one of its groups. */
export function groupRightsRequest(groupId: string): RawRequest {
  const body = new Writer();
  body.list([groupId], (group) => body.string(group)).bool(true);
  return { ...GROUP_RIGHTS, name: 'DescribeGroups', flexible: false, body: body.bytes() };
}

/** Reads the answer. */
export function readGroupRights(bytes: Buffer): GroupRights[] {
  const reader = new Reader(bytes);
  reader.int32(); // How long it throttles us.
  return reader.list(() => {
    const [errorCode, groupId] = [reader.int16(), reader.string()];
    for (let i = 0; i < 3; i++) reader.string(); // State, kind and protocol.
    reader.list(() => {
      for (let i = 0; i < 3; i++) reader.string(); // Member, client and host.
      reader.skipBytes();
      reader.skipBytes();
    });
    const operations = reader.int32();
    return { errorCode, groupId, operations: operations === NOT_TOLD ? undefined : operations };
  });
}
