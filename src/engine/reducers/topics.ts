import type { TopicSample } from '../event.ts';
import { nextRate } from '../lag/rate.ts';
import type { TopicsState, Watermarks } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** Records that were appended between two looks. */
function grown(before: readonly Watermarks[] | undefined, now: readonly Watermarks[]): number {
  if (!before) return 0;
  return now.reduce((sum, { high }, partition) => sum + Math.max(0, high - (before[partition]?.high ?? high)), 0);
}

function rateOf(noun: TopicsState, { topic, watermarks }: TopicSample, at: number): [string, number] {
  const before = noun.watermarks[topic];
  const rate = before ? nextRate(noun.rates[topic] ?? null, grown(before, watermarks), at - noun.at) : 0;
  return [topic, rate ?? 0];
}

/** Our topics: partitions as agreed at the start, watermarks and rates as looked at. */
export const topics: Reducers<TopicsState> = {
  'topics-ensured': (noun, { partitions, created }) => ({ ...noun, partitions, created }),
  'topics-sampled': (noun, { topics: samples, deadLetters, at }) => ({
    ...noun,
    at,
    deadLetters,
    rates: Object.fromEntries(samples.map((sample) => rateOf(noun, sample, at))),
    watermarks: Object.fromEntries(samples.map(({ topic, watermarks }) => [topic, watermarks])),
  }),
};
