import { describe, expect, test } from 'vitest';
import type { LunchrushError } from '../../src/errors.ts';
import { faultOfCode, KafkaFault, toKafkaError } from '../../src/kafka/errors.ts';
import { fixOf, type Need, type Subject, sentenceOf } from '../../src/kafka/needs.ts';
import { mustBeAllowed } from '../../src/kafka/rights.ts';

describe('missing permissions', () => {
  test.each<[number, Subject, string, string]>([
    [29, { api: 'Metadata', topic: 'orders' }, 'Describe on Topic orders', '--operation Describe --topic orders'],
    [29, { api: 'Fetch', topic: 'orders' }, 'Read on Topic orders', '--operation Read --topic orders'],
    [29, { api: 'Produce', topic: 'x' }, 'Write on Topic x', '--operation Write --topic x'],
    [29, { api: 'CreateTopics', topic: 'x' }, 'Create on Topic x', '--operation Create --topic x'],
    [29, { api: 'DescribeConfigs', topic: 'x' }, 'DescribeConfigs on Topic x', '--operation DescribeConfigs --topic x'],
    [30, { api: 'JoinGroup', group: 'g' }, 'Read on Group g', '--operation Read --group g'],
    [30, { api: 'OffsetFetch', group: 'g' }, 'Describe on Group g', '--operation Describe --group g'],
    [29, { api: 'OffsetCommit', group: 'g', topic: 'x' }, 'Read on Topic x', '--operation Read --topic x'],
    [31, { api: 'CreateTopics', topic: 'x' }, 'Create on Cluster', '--operation Create --cluster'],
    [31, { api: 'ListGroups' }, 'Describe on Cluster', '--operation Describe --cluster'],
    [53, { api: 'Produce' }, 'Write on TransactionalId', '--operation Write --transactional-id'],
    [
      31,
      { api: 'InitProducerId', topic: 'x' },
      'Write on Topic x (before Kafka 2.8 IdempotentWrite on Cluster, too)',
      '--operation Write --topic x',
    ],
  ])('error %i of %o is the lack of %s', (code, subject, need, options) => {
    const error = toKafkaError(new KafkaFault(faultOfCode(code, 'ignored', subject)), 'doing it') as LunchrushError;
    expect(error).toMatchObject({ code: 'KAFKA_REFUSED', exitCode: 3, message: `doing it: the user needs ${need}` });
    expect(error.fix).toBe(`kafka-acls --add --allow-principal User:NAME ${options}`);
  });

  test('an error about something else keeps its sentence', () => {
    expect(faultOfCode(3, 'topic x', { api: 'Metadata', topic: 'x' }).sentence).toMatch(/^topic x: the broker has no/);
  });

  test('several are said at once, with the way to give the first', () => {
    const needs: Need[] = [
      { operation: 'Read', resource: 'Topic', name: 'x' },
      { operation: 'Write', resource: 'Topic', name: 'x' },
      { operation: 'Read', resource: 'Group', name: 'g' },
    ];
    expect(sentenceOf(needs)).toBe('the user needs Read on Topic x, Write on Topic x, Read on Group g');
    expect(fixOf(needs)).toContain('--operation Read --operation Write --topic x, and so on');
  });

  test('what a cluster does not tell is not taken for a lack', () => {
    const needs: Need[] = [
      { operation: 'Read', resource: 'Topic', name: 'x' },
      { operation: 'Read', resource: 'Group', name: 'g' },
    ];
    expect(() => mustBeAllowed({ may: () => undefined }, needs)).not.toThrow();
    const rights = { may: ({ resource }: Pick<Need, 'resource'>) => (resource === 'Group' ? false : undefined) };
    expect(() => mustBeAllowed(rights, needs)).toThrow('the user needs Read on Group g');
  });
});
