import { left, right } from '../../format/line.ts';
import { count } from '../../format/number.ts';
import { clock, duration } from '../../format/time.ts';
import type { Line, RecentOrder, Segment, Tone } from '../../types.ts';

const TONES: Readonly<Record<RecentOrder['state'], Tone>> = {
  waiting: 'work',
  reserved: 'good',
  failed: 'bad',
  duplicate: 'dim',
  malformed: 'bad',
  unknown: 'dim',
};

/** From these widths of the box on a row also says when, and who placed the order. */
const WITH_TIME = 56;
const WITH_TOPIC = 72;
const WITH_ORIGIN = 88;

const STATE = 9;
const LATENCY = 8;

export type Frame = { width: number; now: number; topic: string; isStale: boolean };

/** Titles of the columns. */
export function headLine({ width, topic }: Frame): Line {
  const { id, place } = widths(width, topic);
  return [
    left(' order', id + 1, 'dim'),
    left(' outcome', STATE + 2, 'dim'),
    left(width >= WITH_TOPIC ? 'topic-partition @ offset' : 'p@offset', place, 'dim'),
    ...(width >= WITH_TIME ? [right('placed', 10, 'dim')] : []),
    right('after', LATENCY, 'dim'),
    ...(width >= WITH_ORIGIN ? [{ text: '  by', tone: 'dim' } as const] : []),
  ];
}

/** One order: id, outcome, where it is, and how long the outcome took or has been awaited. */
export function orderLine(order: RecentOrder, isChosen: boolean, { width, now, topic, isStale }: Frame): Line {
  const { id, place } = widths(width, topic);
  const { partition, offset, state } = order;
  const where = width >= WITH_TOPIC ? `${topic}/${partition} @ ${count(offset)}` : `${partition}@${offset}`;
  const segments: Segment[] = [
    isChosen ? { text: '▸', tone: 'focus' } : { text: ' ' },
    left(nameOf(order, id), id, isChosen ? 'bold' : undefined),
    left(` ${state}`, STATE + 2, TONES[state]),
    left(where, place),
    ...(width >= WITH_TIME ? [right(clock(order.placedAt), 10, 'dim')] : []),
    latency(order, now),
    ...(width >= WITH_ORIGIN ? [{ text: order.ofLoad ? '  load' : '  hand', tone: 'dim' } as const] : []),
  ];
  return isStale ? segments.map((segment) => ({ ...segment, tone: 'dim' })) : segments;
}

/** Ids of a load differ at their end: that is what stays of one that is too long. */
function nameOf({ orderId, ofLoad }: RecentOrder, width: number): string {
  if (orderId === '') return '(no key)';
  return ofLoad && orderId.length > width ? `…${orderId.slice(1 - width)}` : orderId;
}

function widths(width: number, topic: string): { id: number; place: number } {
  const place = width >= WITH_TOPIC ? Math.max(24, topic.length + 14) : width >= WITH_TIME ? 12 : 8;
  const rest = 1 + STATE + 2 + place + LATENCY + (width >= WITH_TIME ? 10 : 0) + (width >= WITH_ORIGIN ? 6 : 0);
  return { id: Math.max(6, Math.min(40, width - rest)), place };
}

/** What is awaited counts up; what never gets an outcome has no latency. */
function latency({ state, latencyMs, placedAt }: RecentOrder, now: number): Segment {
  if (state === 'waiting') return right(duration(Math.max(0, now - placedAt)), LATENCY, 'work');
  return latencyMs === null ? right('–', LATENCY, 'dim') : right(duration(latencyMs), LATENCY);
}
