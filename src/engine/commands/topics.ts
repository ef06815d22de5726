import type { TopicListing } from '../cluster.ts';
import type { Run } from '../hall.ts';
import { columns } from '../print/columns.ts';
import { count } from '../print/quantity.ts';

/** Prints topics, partitions and watermarks of the cluster. */
export const run: Run<'topics'> = async ({ cluster }) => {
  const topics = await cluster.topics();
  return { data: topics, text: printTopics(topics) };
};

const HEADS = [{ title: 'topic' }, ...['p', 'low', 'high', 'records'].map((title) => ({ title, right: true }))];

/** A row for each partition. */
export function printTopics(topics: readonly TopicListing[]): string[] {
  const rows = topics.flatMap(({ topic, watermarks }) =>
    watermarks.map(({ low, high }, p) => [topic, String(p), count(low), count(high), count(high - low)]),
  );
  return columns(HEADS, rows);
}
