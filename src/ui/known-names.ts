import type { Known } from '../engine/language/complete.ts';
import type { State } from '../engine/state.ts';

/** Order ids offered at most: the newest. */
const ORDERS = 20;

/** What the palette can offer besides the words of the language: workers, groups, topics and the last orders. */
export function knownNames({ workers, groups, pipeline, topics, analytics }: State): Known {
  const ours = Object.entries(pipeline.groups).flat();
  const names = [...new Set(Object.values(pipeline.topics))];
  const ids = analytics.recent.map(({ orderId }) => orderId).filter((id) => id !== '');
  return {
    // Load tests are not paused or killed one by one.
    WORKER: Object.keys(workers).filter((slot) => !slot.startsWith('load/')),
    GROUP: [...new Set([...ours, ...Object.keys(groups)])],
    'TOPIC[/PARTITION]': names.flatMap((name) => [
      name,
      ...(topics.watermarks[name] ?? []).map((_, partition) => `${name}/${partition}`),
    ]),
    ORDER_ID: [...new Set(ids)].slice(0, ORDERS),
  };
}
