import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { LunchrushError } from '../../src/errors.ts';
import { ERROR_ROWS } from '../../src/kafka/error-rows.ts';
import { faultOf, faultOfCode, KafkaFault, SendDoubt, toKafkaError } from '../../src/kafka/errors.ts';

type KafkajsErrors = Record<string, new (message: string | Error, extra?: object) => Error>;
type Row = { code: number; retriable: boolean };
const require = createRequire(import.meta.url);
const kafkajs = require('kafkajs/src/errors') as KafkajsErrors;
const { errorCodes, createErrorFromCode } = require('kafkajs/src/protocol/error') as {
  errorCodes: Row[];
  createErrorFromCode: (code: number) => Error;
};

function make(name: string, message: string, extra = {}): Error {
  const Kind = kafkajs[name];
  if (!Kind) throw new Error(`kafkajs has no ${name}`);
  return new Kind(message, extra);
}

describe('faults', () => {
  test('a code is a row with a name and a sentence', () => {
    expect(faultOfCode(27)).toMatchObject({ code: 27, name: 'REBALANCE_IN_PROGRESS', retriable: false });
    expect(faultOfCode(10, 'orders/1').sentence).toMatch(/^orders\/1: the record batch is larger/);
  });

  test('codes without a row of ours still have a name', () => {
    expect(faultOfCode(21).name).toBe('INVALID_REQUIRED_ACKS');
    expect(faultOfCode(4_711)).toMatchObject({ name: 'ERROR_4711', retriable: false });
  });

  test('rows agree with kafkajs on what may be tried again, but for spent producers and the unknown error', () => {
    const differing = errorCodes.filter(
      ({ code, retriable }) => (ERROR_ROWS[code]?.retriable ?? retriable) !== retriable,
    );
    expect(differing.map(({ code }) => code).sort((a, b) => a - b)).toEqual([-1, 45, 46, 47, 59]);
  });

  test('protocol errors of kafkajs are known by their code', () => {
    expect(faultOf(createErrorFromCode(6))).toMatchObject({ name: 'NOT_LEADER_OR_FOLLOWER', retriable: true });
  });

  test('a refused connection says where nothing listens', () => {
    const refused = make('KafkaJSConnectionError', 'Connection error: x', { broker: 'h:1', code: 'ECONNREFUSED' });
    expect(faultOf(refused)).toMatchObject({ name: 'NETWORK_EXCEPTION', sentence: 'nothing listens at h:1' });
    const wrapped = make('KafkaJSNonRetriableError', 'x', { cause: refused });
    expect(faultOf(wrapped)).toMatchObject({ sentence: 'nothing listens at h:1', retriable: true });
  });

  test('a wrong password is no reason to try again', () => {
    const fault = faultOf(make('KafkaJSSASLAuthenticationError', 'denied'));
    expect(fault).toMatchObject({ name: 'SASL_AUTHENTICATION_FAILED', retriable: false });
  });

  test('what is not of Kafka is no fault', () => {
    expect(faultOf(new TypeError('x'))).toBeUndefined();
    expect(faultOf('x')).toBeUndefined();
  });
});

describe('errors for people', () => {
  test('no answer is KAFKA_UNREACHABLE, a refusal KAFKA_REFUSED, both with the fault as cause', () => {
    const late = toKafkaError(new KafkaFault(faultOfCode(7)), 'reading x');
    expect(late).toMatchObject({ code: 'KAFKA_UNREACHABLE', message: 'reading x: the broker did not answer in time' });
    const refused = toKafkaError(new SendDoubt(faultOfCode(29)), 'reading x') as LunchrushError;
    expect(refused).toMatchObject({ code: 'KAFKA_REFUSED', exitCode: 3 });
    expect(faultOf(refused)).toMatchObject({ name: 'TOPIC_AUTHORIZATION_FAILED' });
  });

  test('errors of ours and mistakes pass as they are', () => {
    const own = new LunchrushError('COMMAND_REFUSED', 'no');
    const mistake = new TypeError('x');
    expect(toKafkaError(own, 'x')).toBe(own);
    expect(toKafkaError(mistake, 'x')).toBe(mistake);
  });
});
