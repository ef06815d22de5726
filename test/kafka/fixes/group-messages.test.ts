import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupMessagesPerPartition } from '../../../src/kafka/fixes/group-messages.ts';
import { stock } from '../stock.ts';

const path = 'kafkajs/src/producer/groupMessagesPerPartition';
const stockGrouping = stock<typeof groupMessagesPerPartition>(path);

describe('grouping of messages', () => {
  test('any messages fall into the groups that kafkajs makes, in the same order', () => {
    const partitionMetadata = [{}, {}, {}];
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.nat(5) })), (messages) => {
        const partitioner = ({ message }: { message: { key: number } }) => message.key % 3;
        const grouping = { topic: 't', partitionMetadata, messages, partitioner };
        expect(groupMessagesPerPartition(grouping)).toEqual(stockGrouping(grouping));
      }),
    );
  });

  test('a topic without known partitions has no groups', () => {
    const grouping = { topic: 't', partitionMetadata: [], messages: [{}], partitioner: () => 0 };
    expect(groupMessagesPerPartition(grouping)).toEqual({});
  });
});
