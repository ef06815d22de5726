import type { MemoryLog } from '../memory-cluster.ts';

/** What a log of outcomes says, by the plainest reading of the fold rule: strings, maps and JSON. */
export type Reading = { accepted: Map<string, string>; redelivered: number; repeated: number; conflicts: number };

/** Folds a log of own outcomes: an event counts if its source offset is above all before and its order id is new. */
export function readOutcomes(log: MemoryLog): Reading {
  const reading: Reading = { accepted: new Map(), redelivered: 0, repeated: 0, conflicts: 0 };
  let last = -1;
  for (const { value } of log.records) {
    const event = JSON.parse(String(value)) as { orderId: string; eventType: string; source: { offset: number } };
    const isAbove = event.source.offset > last;
    const isKnown = reading.accepted.has(event.orderId);
    if (isAbove) last = event.source.offset;
    if (isAbove && !isKnown) reading.accepted.set(event.orderId, event.eventType);
    else if (isAbove) reading.repeated += 1;
    else if (isKnown) reading.redelivered += 1;
    else reading.conflicts += 1;
  }
  return reading;
}

/** Ids of the valid orders of a log. */
export function orderIds(log: MemoryLog): Set<string> {
  const ids = new Set<string>();
  for (const { value } of log.records) {
    if (value?.toString().startsWith('{')) ids.add((JSON.parse(value.toString()) as { orderId: string }).orderId);
  }
  return ids;
}
