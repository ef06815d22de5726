import type { Event } from '../engine/event.ts';
import type { State } from '../engine/state.ts';

/** What happened in this console, in order. */
export type Session = { log: Event[] };

/** The session as a script that runs headless. */
export function sessionScript({ log }: Session, state: State): string {
  const lines = log.flatMap((event) => (event.type === 'command-started' ? [event.text] : []));
  const totals = state.analytics.totals;
  return [...lines, 'wait idle', ...(totals ? [`expect total_orders == ${totals.total_orders}`] : []), ''].join('\n');
}
