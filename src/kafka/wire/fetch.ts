import { onConnection, prepare } from './call.ts';
import { Fields } from './fields.ts';
import type { Broker } from './kafkajs.ts';
import type { AbortedTransaction } from './record-batches.ts';

/** From which offset to fetch how many bytes of a partition. */
export type FetchPosition = { topic: string; partition: number; offset: number; maxBytes: number };

/** What the broker holds for one of them; `batches` are bytes to be decoded, none if there is nothing new. */
export type FetchedPartition = {
  topic: string;
  partition: number;
  errorCode: number;
  highWatermark: number;
  aborted: AbortedTransaction[];
  batches: Buffer;
};

/** How long the broker may wait for something new, and which connection carries it. */
export type FetchOptions = { maxWaitMs: number; on: 0 | 1 };

const MAX_BYTES = 10_485_760;
const READ_COMMITTED = 1;

function requestFor(positions: readonly FetchPosition[], maxWaitMs: number): object {
  const topics = new Map<string, { partition: number; fetchOffset: string; maxBytes: number }[]>();
  for (const { topic, partition, offset, maxBytes } of positions) {
    const partitions = topics.get(topic) ?? [];
    partitions.push({ partition, fetchOffset: String(offset), maxBytes });
    topics.set(topic, partitions);
  }
  return {
    maxWaitTime: maxWaitMs,
    minBytes: 1,
    maxBytes: MAX_BYTES,
    isolationLevel: READ_COMMITTED,
    topics: [...topics].map(([topic, partitions]) => ({ topic, partitions })),
    rackId: '',
  };
}

/**
 * Reads a Fetch answer, versions 4 to 11, down to the record batches.
 * Layout: https://kafka.apache.org/protocol#The_Messages_Fetch
 */
export function decodeFetched(bytes: Buffer, version: number): { errorCode: number; partitions: FetchedPartition[] } {
  const fields = new Fields(bytes);
  fields.int32();
  const errorCode = version >= 7 ? fields.int16() : 0;
  if (version >= 7) fields.int32();

  const readAborted = () => ({ producerId: fields.int64(), firstOffset: Number(fields.int64()) });
  const readPartition = (topic: string): FetchedPartition => {
    const partition = fields.int32();
    const code = fields.int16();
    const highWatermark = Number(fields.int64());
    fields.int64();
    if (version >= 5) fields.int64();
    const aborted = fields.list(readAborted);
    if (version >= 11) fields.int32();
    return { topic, partition, errorCode: code, highWatermark, aborted, batches: fields.block() };
  };
  const topics = fields.list(() => {
    const topic = fields.string();
    return fields.list(() => readPartition(topic));
  });
  return { errorCode, partitions: topics.flat() };
}

type Fetched = ReturnType<typeof decodeFetched>;

/** Fetches from one broker; error codes of partitions come as they are. */
export async function fetch(
  broker: Broker,
  positions: readonly FetchPosition[],
  { maxWaitMs, on }: FetchOptions,
): Promise<Fetched> {
  const { request, requestTimeout } = prepare(broker, 'Fetch', requestFor(positions, maxWaitMs));
  const response = {
    decode: async (bytes: Buffer) => decodeFetched(bytes, request.apiVersion),
    parse: async (fetched: Fetched) => fetched,
  };
  const timeout = requestTimeout === undefined ? {} : { requestTimeout };
  return (await onConnection(broker, on, { request, response, ...timeout })) as Fetched;
}
