import type { Totals } from '../../../orders/totals.ts';
import { plainBar } from '../../format/chart.ts';
import { left, right } from '../../format/line.ts';
import { count } from '../../format/number.ts';
import type { Line } from '../../types.ts';

/** Cells of a count. */
const COUNT = 10;

/** `2026-02-19T12:01` of the log, which is UTC, as local time of day. */
function localMinute(minute: string): string {
  const at = new Date(`${minute}:00Z`);
  if (Number.isNaN(at.getTime())) return '?';
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Orders by the minute in which they were placed, the last ones, as bars. */
export function minuteLines(totals: Totals | null, width: number, rows: number): Line[] {
  const minutes = Object.entries(totals?.orders_per_minute ?? {}).slice(-rows);
  const top = Math.max(0, ...minutes.map(([, orders]) => orders));
  const room = Math.max(0, Math.min(60, width - 8 - COUNT));
  return minutes.map(([minute, orders]) => [
    left(` ${localMinute(minute)}`, 7, 'dim'),
    left(plainBar(orders, top, room), room),
    right(count(orders), COUNT),
  ]);
}
