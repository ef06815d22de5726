import { LunchrushError } from '../errors.ts';
import { CONNECTION_ROWS } from './connection-rows.ts';
import { ERROR_ROWS } from './error-rows.ts';
import { fixOf, type Need, needOf, type Subject, sentenceOf } from './needs.ts';
import { errorCodes } from './wire/kafkajs.ts';

/**
 * A failure of Kafka as plain data: its code and name, whether asking again can help, a sentence, what to do where that
 * is known, and the permission that is missing where that is the reason.
 */
export type Fault = {
  code: number;
  name: string;
  retriable: boolean;
  sentence: string;
  fix?: string | undefined;
  need?: Need | undefined;
};

/** Codes that the program itself looks at. */
export const CODE = {
  /** Ours: the connection came about, and then one side did not want the other. */
  NOT_LET_IN: -2,
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
  readonly fix: string | undefined;
  readonly need: Need | undefined;

  constructor(fault: Fault, options?: { cause?: unknown }) {
    super(fault.sentence, options);
    this.name = fault.name;
    this.code = fault.code;
    this.retriable = fault.retriable;
    this.fix = fault.fix;
    this.need = fault.need;
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

/** The fault that a protocol error code stands for; `what` goes before its sentence, `subject` names the permission. */
export function faultOfCode(code: number, what = '', subject?: Subject): Fault {
  const known = ERROR_ROWS[code] ?? kafkajsRow(code);
  const { name, retriable, sentence } = known;
  const need = subject && needOf(code, subject);
  if (need) return { code, name, retriable, sentence: sentenceOf([need]), fix: fixOf([need]), need };
  return { code, name, retriable, sentence: what ? `${what}: ${sentence}` : sentence };
}

function kafkajsRow(code: number): { name: string; retriable: boolean; sentence: string } {
  const row = errorCodes.find((each) => each.code === code);
  if (row) return { name: row.type, retriable: row.retriable, sentence: row.message };
  return { name: `ERROR_${code}`, retriable: false, sentence: `the broker answered with error ${code}` };
}

/** Throws the fault of a code that is not 0. */
export function check(code: number, what = '', subject?: Subject): void {
  if (code !== 0) throw new KafkaFault(faultOfCode(code, what, subject));
}

type KafkajsError = Error & { code?: unknown; broker?: unknown; host?: unknown; port?: unknown; retriable?: unknown };

function addressIn({ broker, host, port }: KafkajsError): string {
  if (typeof broker === 'string') return broker;
  return typeof host === 'string' ? `${host}:${port}` : 'the broker';
}

function networkFault(error: KafkajsError): Fault {
  const where = addressIn(error);
  const detail = error.message.replace(/^(Connection error|Failed to connect): /, '');
  const row = typeof error.code === 'string' ? CONNECTION_ROWS[error.code] : undefined;
  if (!row) return { ...faultOfCode(CODE.NETWORK_EXCEPTION), sentence: `${where}: ${detail}` };
  const { retriable, fix } = row;
  const sentence = row.sentence(where, detail);
  if (retriable) return { ...faultOfCode(CODE.NETWORK_EXCEPTION), sentence, fix };
  return { code: CODE.NOT_LET_IN, name: String(error.code), retriable, sentence, fix };
}

function timeoutFault(error: KafkajsError): Fault {
  const where = typeof error.broker === 'string' ? error.broker : '';
  return faultOfCode(CODE.REQUEST_TIMED_OUT, where);
}

/** kafkajs's own errors, by the name it gives them. */
const BY_NAME: Record<string, (error: KafkajsError) => Fault> = {
  KafkaJSConnectionError: (error) =>
    networkFault(error.message === 'Connection timeout' ? Object.assign(error, { code: 'ETIMEDOUT' }) : error),
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

const UNSUPPORTED_SASL_MECHANISM = 33;
const ILLEGAL_SASL_STATE = 34;
const AT_THE_DOOR: readonly number[] = [
  CODE.NOT_LET_IN,
  CODE.SASL_AUTHENTICATION_FAILED,
  UNSUPPORTED_SASL_MECHANISM,
  ILLEGAL_SASL_STATE,
];

/** Whether the fault says that we are not let in, or not allowed: asking again brings the same until somebody acts. */
export function isRefusal(fault: Fault): boolean {
  return fault.need !== undefined || AT_THE_DOOR.includes(fault.code);
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
  const fix = fault.fix ? { fix: fault.fix } : {};
  return new LunchrushError(code, `${what}: ${fault.sentence}`, { ...fix, cause: asFault(thrown) });
}
