import { type Connection, createCluster, type LogSink } from './client.ts';
import { CODE, check, type Fault, faultOf, faultOfCode, KafkaFault, SendDoubt } from './errors.ts';
import { call } from './wire/call.ts';
import { leaderOf, type TopicPartition } from './wire/find.ts';
import { createGate } from './wire/gate.ts';
import { pause, startDeadline, untilAborted } from './wire/pause.ts';

/** A record to be sent; `timestamp` in milliseconds since 1970. */
export type OutRecord = {
  key: string | Buffer | null;
  value: string | Buffer | null;
  headers?: Record<string, string | Buffer>;
  timestamp: number;
};

/** An idempotent producer for one partition, with one batch on the way at a time. */
export type PartitionProducer = {
  /**
   * Sends the records as one batch and resolves once every in-sync replica has it. Rejects with SendDoubt within the
   * deadline when the batch was refused or nobody knows its fate; from then on nothing of this producer reaches the
   * wire any more. A second send before the first has ended is a mistake of the caller and throws.
   */
  send(records: readonly OutRecord[], signal?: AbortSignal): Promise<{ baseOffset: number }>;
  /** Ends a running send in doubt and closes the connection; safe to call again. */
  close(): Promise<void>;
};

/** Which partition, and how long a send may take in all (6 s). */
export type PartitionProducerOptions = TopicPartition & { deadlineMs?: number; log?: LogSink };

const DEADLINE_MS = 6_000;
const PAUSE_MS = 100;
const ALL_REPLICAS = -1;
/** Sequence numbers are 32-bit; past the last one a new identity begins at 0, which is safe with nothing on the way. */
const LAST_SEQUENCE = 2_147_483_647;

type Identity = { producerId: string; producerEpoch: number };
type ProduceAnswer = { topics: { partitions: { partition: number; errorCode: number; baseOffset: string }[] }[] };

/**
 * A producer for `topic`/`partition`, on a connection of its own that the first send opens.
 *
 * It asks kafkajs's brokers itself: kafkajs's producer gives a failed batch's sequence numbers to the next one, so that a
 * broker may drop that as a duplicate, and skips partitions on a leader change. Here a batch keeps its numbers until it
 * is acknowledged or the producer is thrown away, which is what KIP-98 means.
 */
export function createPartitionProducer(
  connection: Connection,
  { topic, partition, deadlineMs = DEADLINE_MS, log }: PartitionProducerOptions,
): PartitionProducer {
  const where = `${topic}/${partition}`;
  const gate = createGate();
  const cluster = createCluster(connection, { gate, log });
  let identity: Identity | undefined;
  let sequence = 0;
  let sending = false;

  async function introduce(): Promise<Identity> {
    const broker = await leaderOf(cluster, { topic, partition });
    type Answer = Identity & { errorCode: number };
    const answer = await call<Answer>(broker, 'InitProducerId', { transactionalId: null, transactionTimeout: 0 });
    check(answer.errorCode, where, { api: 'InitProducerId', topic });
    sequence = 0;
    return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
  }

  async function produce(records: readonly OutRecord[], leftMs: number): Promise<number> {
    if (!cluster.brokerPool.metadata) await learnTopic();
    if (sequence > LAST_SEQUENCE - records.length) identity = undefined;
    identity ??= await introduce();
    const broker = await leaderOf(cluster, { topic, partition });
    const answer = await call<ProduceAnswer>(broker, 'Produce', {
      acks: ALL_REPLICAS,
      timeout: leftMs,
      topicData: [{ topic, partitions: [{ partition, firstSequence: sequence, messages: records }] }],
      ...identity,
    });
    const own = answer.topics.flatMap(({ partitions }) => partitions).find((each) => each.partition === partition);
    if (!own) throw new KafkaFault({ ...faultOfCode(-1), sentence: `${where}: missing in the acknowledgement` });
    check(own.errorCode, where, { api: 'Produce', topic });
    return Number(own.baseOffset);
  }

  async function learnTopic(): Promise<void> {
    await cluster.connect();
    await cluster.brokerPool.refreshMetadata([topic]);
  }

  /** The same batch with the same sequence numbers again and again: the broker keeps one copy (KIP-98). */
  async function untilAcknowledged(records: readonly OutRecord[], deadline: number): Promise<number> {
    for (;;) {
      try {
        return await produce(records, Math.max(1, deadline - Date.now()));
      } catch (thrown) {
        const fault = faultOf(thrown);
        if (!fault || !mayRepeat(fault) || !gate.open || Date.now() + PAUSE_MS >= deadline) throw thrown;
      }
      await pause(PAUSE_MS);
      cluster.brokerPool.metadata = null;
    }
  }

  async function send(records: readonly OutRecord[], signal?: AbortSignal): Promise<{ baseOffset: number }> {
    if (sending) throw new Error(`${where}: a batch is still on its way`);
    if (records.length === 0) throw new Error(`${where}: a batch needs a record`);
    if (!gate.open) throw doubt(where, 'the producer is closed');
    sending = true;
    const given = startDeadline(deadlineMs, () => doubt(where, `no acknowledgement within ${deadlineMs / 1000} s`));
    try {
      const acknowledged = untilAcknowledged(records, Date.now() + deadlineMs);
      const baseOffset = await untilAborted(Promise.race([acknowledged, given.passed]), signal);
      sequence += records.length;
      return { baseOffset };
    } catch (thrown) {
      gate.shut();
      throw signal?.aborted ? doubt(where, 'the send was given up') : asDoubt(thrown, where);
    } finally {
      given.cancel();
      sending = false;
    }
  }

  return {
    send,
    async close() {
      gate.shut();
    },
  };
}

/** Errors after which this producer's numbers are worth nothing: a new producer is needed, not another try. */
const SPENT: readonly number[] = [45, 46, 47, 59];

function mayRepeat(fault: Fault): boolean {
  return fault.retriable && !SPENT.includes(fault.code);
}

function doubt(where: string, reason: string): SendDoubt {
  return new SendDoubt({ ...faultOfCode(CODE.REQUEST_TIMED_OUT), sentence: `${where}: ${reason}` });
}

function asDoubt(thrown: unknown, where: string): unknown {
  const fault = faultOf(thrown);
  if (!fault) return thrown;
  const sentence = fault.sentence.startsWith(where) ? fault.sentence : `${where}: ${fault.sentence}`;
  return new SendDoubt({ ...fault, sentence }, { cause: thrown });
}
