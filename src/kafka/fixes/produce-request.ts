import { type Message, type SizedBatch, sizeBatch, writeBatch } from './record-batch.ts';
import { replaceModule } from './replace-module.ts';
import { load } from './version.ts';

type PartitionData = { partition: number; firstSequence?: number; messages: Message[] };
/** What kafkajs's producer hands to its Produce request, version 3 (4 to 7 wrap it). */
export type ProduceArguments = {
  acks: number;
  timeout: number;
  transactionalId?: string | null;
  producerId?: { toString(): string };
  producerEpoch?: number;
  compression?: number;
  topicData: { topic: string; partitions: PartitionData[] }[];
};
type Encoder = { buf: Buffer; offset: number };
type Request = { encode: () => Promise<Encoder>; [part: string]: unknown };
type SizedPartition = { partition: number; batch: SizedBatch };
type SizedTopic = { topic: string; partitions: SizedPartition[] };

function sizeTopics(request: ProduceArguments, now: number): SizedTopic[] {
  const { transactionalId, producerId = -1n, producerEpoch = 0, topicData } = request;
  const producer = { producerId: BigInt(producerId.toString()), producerEpoch, transactional: !!transactionalId };
  return topicData.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, firstSequence = 0, messages }) => ({
      partition,
      batch: sizeBatch({ messages, firstSequence, ...producer }, now),
    })),
  }));
}

function sizeOfString(text: string | null): number {
  return 2 + (text === null ? 0 : Buffer.byteLength(text));
}

function sizeOfRequest(transactionalId: string | null, topics: readonly SizedTopic[]): number {
  let size = sizeOfString(transactionalId) + 10;
  for (const { topic, partitions } of topics) {
    size += sizeOfString(topic) + 4;
    for (const { batch } of partitions) size += 8 + batch.size;
  }
  return size;
}

function writeString(buffer: Buffer, offset: number, text: string | null): number {
  if (text === null) return buffer.writeInt16BE(-1, offset);
  const length = buffer.write(text, offset + 2);
  buffer.writeInt16BE(length, offset);
  return offset + 2 + length;
}

function writePartition(buffer: Buffer, offset: number, { partition, batch }: SizedPartition): number {
  const at = buffer.writeInt32BE(partition, offset);
  return writeBatch(buffer, buffer.writeInt32BE(batch.size, at), batch);
}

/**
 * The body of a Produce request, versions 3 to 7, in one buffer of the right size; uncompressed.
 * Layout: https://kafka.apache.org/protocol#The_Messages_Produce
 */
export function encodeProduce(request: ProduceArguments, now: number): Buffer {
  const transactionalId = request.transactionalId ?? null;
  const topics = sizeTopics(request, now);
  const buffer = Buffer.allocUnsafe(sizeOfRequest(transactionalId, topics));
  let at = writeString(buffer, 0, transactionalId);
  at = buffer.writeInt16BE(request.acks, at);
  at = buffer.writeInt32BE(request.timeout, at);
  at = buffer.writeInt32BE(topics.length, at);
  for (const { topic, partitions } of topics) {
    at = writeString(buffer, at, topic);
    at = buffer.writeInt32BE(partitions.length, at);
    for (const each of partitions) at = writePartition(buffer, at, each);
  }
  return buffer;
}

/**
 * Gives kafkajs our encoder of record batches: five to seven times as fast as its own, byte for byte the same.
 * Compressed batches still take the stock way. One difference is meant: kafkajs sorts timestamps as text to find the
 * first and the last of a batch, which is wrong where they differ in length.
 */
export function fixProduce(): void {
  const path = 'kafkajs/src/protocol/requests/produce/v3/request';
  const stock = load(path) as (request: ProduceArguments) => Request;
  const Encoder = load('kafkajs/src/protocol/encoder') as new (size: number) => Encoder;

  replaceModule(path, (request: ProduceArguments): Request => {
    if (request.compression) return stock(request);
    const encode = async (): Promise<Encoder> => {
      const buffer = encodeProduce(request, Date.now());
      return Object.assign(new Encoder(1), { buf: buffer, offset: buffer.length });
    };
    return { ...stock(request), encode, [OURS]: true };
  });
}

const OURS = Symbol('encoded by us');

/** Whether a Produce request of kafkajs is encoded by us. */
export function isOurs(request: object): boolean {
  return OURS in request;
}
