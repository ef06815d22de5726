import type { RawRequest } from '../../kafka/wire/raw.ts';
import { Reader, Writer } from './bytes.ts';

/** Version 1 tells when the leader last heard of each voter; of itself that is the present (KIP-836). */
export const DESCRIBE_QUORUM = { key: 55, version: 1 } as const;

const CLUSTER_NOT_ALLOWED = 31;

/** Asks for the quorum of controllers. */
export function quorumRequest(): RawRequest {
  const body = new Writer();
  body.compactList(['__cluster_metadata'], (topic) => {
    body.compactString(topic);
    body.compactList([0], (partition) => body.int32(partition).noTags()).noTags();
  });
  return { ...DESCRIBE_QUORUM, name: 'DescribeQuorum', flexible: true, body: body.noTags().bytes() };
}

/** The time of the leading controller's clock (ms), undefined if it does not tell, and whether we may ask for it at all. */
export function readQuorumTime(bytes: Buffer): { time: number | undefined; isAllowed: boolean } {
  const reader = new Reader(bytes);
  const errorCode = reader.int16();
  const times = reader.compactList(() => {
    reader.compactString();
    const partitions = reader.compactList(() => readLeaderTime(reader));
    reader.tags();
    return partitions;
  });
  const time = errorCode === 0 ? times.flat().find((each) => each !== undefined) : undefined;
  return { time, isAllowed: errorCode !== CLUSTER_NOT_ALLOWED };
}

function readLeaderTime(reader: Reader): number | undefined {
  const [, errorCode, leader] = [reader.int32(), reader.int16(), reader.int32()];
  reader.int32(); // Its epoch.
  reader.int64(); // How far all have come.
  const replica = () => {
    const id = reader.int32();
    reader.int64(); // How far it has come.
    const fetched = reader.int64();
    reader.int64(); // When it had caught up.
    reader.tags();
    return { id, fetched };
  };
  const voters = reader.compactList(replica);
  reader.compactList(replica);
  reader.tags();
  const time = voters.find(({ id }) => id === leader)?.fetched ?? -1;
  return errorCode === 0 && time > 0 ? time : undefined;
}
