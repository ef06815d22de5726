import { LunchrushError } from '../errors.ts';
import { ERROR_ROWS } from './error-rows.ts';
import { errorCodes } from './wire/kafkajs.ts';

/** A failure of Kafka as plain data: its code and name, whether asking again can help, and a sentence. */
export type Fault = { code: number; name: string; retriable: boolean; sentence: string };

/** Codes that the program itself looks at. */
export const CODE = {
  OFFSET_OUT_OF_RANGE: 1,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  LEADER_NOT_AVAILABLE: 5,
  REQUEST_TIMED_OUT: 7,
  NETWORK_EXCEPTION: 13,
  ILLEGAL_GENERATION: 22,
  UNKNOWN_MEMBER_ID: 25,
  REBALANCE_IN_PROGRESS: 27,
  TOPIC_ALREADY_EXISTS: 36,
  SASL_AUTHENTICATION_FAILED: 58,
} as const;

const NETWORK_CODES: readonly number[] = [CODE.NETWORK_EXCEPTION, CODE.REQUEST_TIMED_OUT];

/** A fault as an error; its `name` is Kafka's. */
export class KafkaFault extends Error implements Fault {
  override readonly name: string;
  readonly code: number;
  readonly retriable: boolean;

  constructor(fault: Fault, options?: { cause?: unknown }) {
    super(fault.sentence, options);
    this.name = fault.name;
    this.code = fault.code;
    this.retriable = fault.retriable;
  }

  get sentence(): string {
    return this.message;
  }
}

/** A send whose batch was refused, or may or may not be in the log: throw the producer away and look at the log. */
export class SendDoubt extends KafkaFault {}

/** The wanted offset is not in the partition: it holds [low, high). */
export class OffsetOutOfRange extends KafkaFault {
  readonly low: number;
  readonly high: number;

  constructor(where: { topic: string; partition: number; offset: number }, range: { low: number; high: number }) {
    const { topic, partition, offset } = where;
    const sentence = `${topic}/${partition} holds offsets ${range.low} to ${range.high - 1}, not ${offset}`;
    super({ ...faultOfCode(CODE.OFFSET_OUT_OF_RANGE), sentence });
    this.low = range.low;
    this.high = range.high;
  }
}

/** The fault that a protocol error code stands for; `what` goes before its sentence. */
export function faultOfCode(code: number, what = ''): Fault {
  const known = ERROR_ROWS[code] ?? kafkajsRow(code);
  const { name, retriable, sentence } = known;
  return { code, name, retriable, sentence: what ? `${what}: ${sentence}` : sentence };
}

function kafkajsRow(code: number): { name: string; retriable: boolean; sentence: string } {
  const row = errorCodes.find((each) => each.code === code);
  if (row) return { name: row.type, retriable: row.retriable, sentence: row.message };
  return { name: `ERROR_${code}`, retriable: false, sentence: `the broker answered with error ${code}` };
}

/** Throws the fault of a code that is not 0. */
export function check(code: number, what = ''): void {
  if (code !== 0) throw new KafkaFault(faultOfCode(code, what));
}

type KafkajsError = Error & { code?: unknown; broker?: unknown; host?: unknown; port?: unknown; retriable?: unknown };

/** What people call a system error of the network, by Node's code. */
const NETWORK_WORDS: Record<string, (where: string) => string> = {
  ECONNREFUSED: (where) => `nothing listens at ${where}`,
  ECONNRESET: (where) => `${where} cut the connection`,
  EPIPE: (where) => `${where} cut the connection`,
  ENOTFOUND: (where) => `the name in ${where} is not known`,
  EAI_AGAIN: (where) => `the name in ${where} cannot be looked up at the moment`,
  EHOSTUNREACH: (where) => `there is no way to ${where}`,
  ENETUNREACH: (where) => `there is no way to ${where}`,
  ETIMEDOUT: (where) => `${where} does not answer`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (where) => `the certificate of ${where} is self-signed`,
  SELF_SIGNED_CERT_IN_CHAIN: (where) => `the certificate of ${where} is self-signed`,
  ERR_TLS_CERT_ALTNAME_INVALID: (where) => `the certificate of ${where} is for another name`,
};

function networkFault(error: KafkajsError): Fault {
  const where = typeof error.broker === 'string' ? error.broker : 'the broker';
  const words = typeof error.code === 'string' ? NETWORK_WORDS[error.code] : undefined;
  const sentence = words?.(where) ?? `${where}: ${error.message.replace(/^Connection error: /, '')}`;
  return { ...faultOfCode(CODE.NETWORK_EXCEPTION), sentence };
}

function timeoutFault(error: KafkajsError): Fault {
  const where = typeof error.broker === 'string' ? error.broker : '';
  return faultOfCode(CODE.REQUEST_TIMED_OUT, where);
}

/** kafkajs's own errors, by the name it gives them. */
const BY_NAME: Record<string, (error: KafkajsError) => Fault> = {
  KafkaJSConnectionError: networkFault,
  KafkaJSConnectionClosedError: (error) => networkFault(Object.assign(error, { code: 'ECONNRESET' })),
  KafkaJSRequestTimeoutError: timeoutFault,
  KafkaJSLockTimeout: timeoutFault,
  KafkaJSBrokerNotFound: networkFault,
  KafkaJSNoBrokerAvailableError: networkFault,
  KafkaJSMetadataNotLoaded: networkFault,
  KafkaJSSASLAuthenticationError: (error) => ({
    ...faultOfCode(CODE.SASL_AUTHENTICATION_FAILED),
    sentence: `the broker does not accept our user or password (${error.message})`,
  }),
};

/** Goes down to the error that everything else only wraps. */
function rootOf(thrown: Error): Error {
  const wraps = thrown instanceof LunchrushError || /^KafkaJS(NumberOfRetries|NonRetriable)/.test(thrown.name);
  return wraps && thrown.cause instanceof Error ? rootOf(thrown.cause) : thrown;
}

/** The fault behind anything thrown by this room or by kafkajs; undefined for errors that are not Kafka's. */
export function faultOf(thrown: unknown): Fault | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const root: KafkajsError = rootOf(thrown);
  if (root instanceof KafkaFault) return root;
  const known = BY_NAME[root.name];
  if (known) return known(root);
  if (typeof root.code === 'number' && root.name.startsWith('KafkaJS')) return faultOfCode(root.code);
  if (!root.name.startsWith('KafkaJS')) return undefined;
  return { code: -1, name: root.name, retriable: root.retriable === true, sentence: root.message };
}

/** Anything thrown, as a KafkaFault if it is Kafka's, and as it came if not. */
export function asFault(thrown: unknown): unknown {
  if (thrown instanceof KafkaFault) return thrown;
  const fault = faultOf(thrown);
  return fault ? new KafkaFault(fault, { cause: thrown }) : thrown;
}

/** Whether the fault says that no answer came, rather than an answer that refuses. */
export function isUnreachable(fault: Fault): boolean {
  return NETWORK_CODES.includes(fault.code);
}

/**
 * Anything thrown, as the program's error: KAFKA_UNREACHABLE or KAFKA_REFUSED with the fault as cause, and what is not
 * Kafka's as it came. `what` begins the sentence, as in "reading offsets of group g".
 */
export function toKafkaError(thrown: unknown, what: string): unknown {
  if (thrown instanceof LunchrushError) return thrown;
  const fault = faultOf(thrown);
  if (!fault) return thrown;
  const code = isUnreachable(fault) ? 'KAFKA_UNREACHABLE' : 'KAFKA_REFUSED';
  return new LunchrushError(code, `${what}: ${fault.sentence}`, { cause: asFault(thrown) });
}
