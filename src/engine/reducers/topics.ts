import type { TopicSample } from '../event.ts';
import { rememberEnd } from '../lag/behind.ts';
import type { EndPoint } from '../lag/group-lag.ts';
import { rateOf } from '../lag/rate.ts';
import type { TopicsState } from '../state.ts';
import type { Reducers } from './reducer.ts';

/** Where the end of a topic has been, over all its partitions. */
function endsOf({ ends }: TopicsState, { topic, watermarks }: TopicSample, at: number): EndPoint[] {
  const end = watermarks.reduce((sum, { high }) => sum + high, 0);
  return rememberEnd(ends[topic] ?? [], at, end);
}

/** Our topics: partitions as agreed at the start, watermarks and rates as looked at. */
export const topics: Reducers<TopicsState> = {
  'topics-ensured': (noun, { partitions, created }) => ({ ...noun, partitions, created }),
  'topics-sampled': (noun, { topics: samples, deadLetters, at }) => {
    const ends = Object.fromEntries(samples.map((sample) => [sample.topic, endsOf(noun, sample, at)]));
    return {
      ...noun,
      at,
      deadLetters,
      ends,
      rates: Object.fromEntries(samples.map(({ topic }) => [topic, rateOf(ends[topic] ?? []) ?? 0])),
      watermarks: Object.fromEntries(samples.map(({ topic, watermarks }) => [topic, watermarks])),
    };
  },
};
