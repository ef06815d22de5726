import { replaceModule } from './replace-module.ts';

type Message = { key?: unknown };
type Grouping<M extends Message> = {
  topic: string;
  partitionMetadata: readonly unknown[];
  messages: readonly M[];
  partitioner: (args: { topic: string; partitionMetadata: readonly unknown[]; message: M }) => number;
};

/**
 * Groups messages by the partition that the partitioner names, in O(n). Stock kafkajs copies a partition's whole array
 * for every message: 20,000 messages to one partition take 1.9 s instead of 0.5 ms (kafkajs pull request 1576).
 */
export function groupMessagesPerPartition<M extends Message>(grouping: Grouping<M>): Record<number, M[]> {
  const { topic, partitionMetadata, messages, partitioner } = grouping;
  const groups: Record<number, M[]> = {};
  if (partitionMetadata.length === 0) return groups;
  for (const message of messages) {
    const partition = partitioner({ topic, partitionMetadata, message });
    const group = groups[partition];
    if (group) group.push(message);
    else groups[partition] = [message];
  }
  return groups;
}

/** Takes the place of kafkajs's own grouping. */
export function fixGrouping(): void {
  replaceModule('kafkajs/src/producer/groupMessagesPerPartition', groupMessagesPerPartition);
}
