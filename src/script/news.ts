import type { Event, EventType } from '../engine/event.ts';

type Tell<T extends EventType> = (event: Extract<Event, { type: T }>) => string;

/** Events that a person at a terminal is told without having asked, because they explain what happens next. */
const NEWS: { [T in EventType]?: Tell<T> } = {
  'broker-started': ({ note }) => note,
  'broker-stopped': ({ asked, reason }) => (asked ? '' : `the embedded broker is gone: ${reason}`),
  'cluster-lost': ({ reason }) => `the cluster does not answer: ${reason}; waiting for it`,
  'cluster-found': ({ awayForMs }) => `the cluster answers again, after ${(awayForMs / 1000).toFixed(1)} s`,
  'worker-died': ({ slot, reason, retryInMs }) =>
    `${slot} died: ${reason}${retryInMs === null ? '' : `; it is replaced${retryInMs > 0 ? ` in ${retryInMs} ms` : ''}`}`,
  'worker-hung': ({ slot, silentForMs }) => `${slot} hangs: silent for ${(silentForMs / 1000).toFixed(1)} s`,
  'partition-halted': ({ slot, topic, partition, reason }) => `${slot} halted ${topic}/${partition}: ${reason}`,
  'commit-ignored': ({ topic, partition, committed, start, reason }) =>
    `committed offset ${committed} of ${topic}/${partition} is ignored: ${reason}; going on at ${start}`,
  'state-recomputed': ({ slot, topic, partition, reason }) => `${slot} computes ${topic}/${partition} anew: ${reason}`,
  warned: ({ sentence }) => sentence,
  'lease-denied': ({ holder }) => `another program (process ${holder}) runs this pipeline; this one only watches`,
  'output-printed': ({ slot, text }) => `${slot}: ${text.trimEnd()}`,
};

/** What an event means, in at most one line for a person; nothing for those that only programs want. */
export function newsOf(event: Event): string[] {
  const sentence = tell(event.type, event);
  return sentence ? [sentence] : [];
}

function tell<T extends EventType>(type: T, event: Event): string | undefined {
  // The row was found by the event's own type.
  return NEWS[type]?.(event as Extract<Event, { type: T }>);
}
