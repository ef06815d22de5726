import { NotPlaced } from '../engine/place.ts';
import { type ErrorCode, toLunchrushError } from '../errors.ts';
import { Refusal } from './problem.ts';

/** What a failure of ours is to a client. */
const STATUS: Record<ErrorCode, number> = {
  OPTIONS_WRONG: 422,
  SCRIPT_WRONG: 422,
  KAFKA_UNREACHABLE: 503,
  KAFKA_REFUSED: 502,
  KAFKA_TOPICS_UNFIT: 502,
  COMMAND_FAILED: 503,
  COMMAND_REFUSED: 409,
  TIMED_OUT: 504,
  WORKER_FAILED: 503,
  PARTITION_HALTED: 409,
  REPLAY_DIFFERS: 409,
  DATA_LOCKED: 503,
  DATA_FULL: 507,
  DATA_NOT_WRITABLE: 507,
  DATA_NEWER: 507,
  PORT_TAKEN: 409,
  BROKER_FAILED: 502,
  FAULT: 500,
};

/** Sentences for what the server itself refuses, by Fastify's codes. */
const SERVER: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'a body must be JSON, with Content-Type: application/json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is too large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'the body is not as long as Content-Length says',
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is no JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is no JSON',
  FST_ERR_BAD_URL: 'the path is not percent-encoded as it should be',
};

/** Anything thrown, as the answer to the request that met it. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  return serverRefusal(thrown) ?? ourRefusal(thrown);
}

function serverRefusal(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || typeof thrown.statusCode !== 'number')
    return undefined;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  return thrown.statusCode < 500 ? new Refusal(thrown.statusCode, SERVER[code] ?? thrown.message) : undefined;
}

function ourRefusal(thrown: unknown): Refusal {
  const error = toLunchrushError(thrown);
  return new Refusal(STATUS[error.code], error.message, {
    type: `urn:lunchrush:${error.code.toLowerCase().replaceAll('_', '-')}`,
    ...(error.fix ? { fix: error.fix } : {}),
    ...(error instanceof NotPlaced ? { orderId: error.orderId } : {}),
  });
}
