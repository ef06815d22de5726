import type { Outcome, ViewEvent } from '../types.ts';

/** Outcomes that only concern the eye. */
export function see(...events: ViewEvent[]): Outcome[] {
  return [{ do: 'see', events }];
}
