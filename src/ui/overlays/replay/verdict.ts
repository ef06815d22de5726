import type { State } from '../../../engine/state.ts';
import { labelled } from '../../format/labelled.ts';
import { count } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import { wrap } from '../../format/wrap.ts';
import type { Line } from '../../types.ts';

type Verdict = NonNullable<State['replay']['last']>;

function read({ records, forMs }: Verdict): string {
  const rate = forMs > 0 ? `, ${count((records * 1000) / forMs)} a second` : '';
  return `${count(records)} records in ${duration(forMs)}${rate}`;
}

/** Where two states part, and what the two answers mean. */
export function differsLines(verdict: Extract<Verdict, { type: 'different' }>, width: number): Line[] {
  return [
    [{ text: ' different', tone: 'bad' }],
    ...labelled(' where', verdict.sentence, width),
    ...labelled(' read', read(verdict), width),
    ...labelled(' undo', 'keeps the held numbers, as if nothing had been', width),
    ...labelled(' accept', 'takes the replayed ones, which is what the log says now', width),
  ];
}

/** How a replay ended. */
export function verdictLines(verdict: Verdict, width: number): Line[] {
  switch (verdict.type) {
    case 'identical':
      return [
        [{ text: ' identical', tone: 'good' }],
        ...labelled(' read', read(verdict), width),
        ...labelled(' digest', verdict.digest, width),
        ...labelled(
          ' so',
          'every counter, every last offset and the hash over all ids and outcomes are the same',
          width,
        ),
      ];
    case 'different':
      return [
        [{ text: ' different', tone: 'bad' }],
        ...wrap(verdict.sentence, width - 2).map((text): Line => [{ text: ` ${text}` }]),
      ];
    case 'window': {
      const { total_orders, total_reservations, failed_reservations } = verdict.totals;
      const sums = `${count(total_orders)} orders, ${count(total_reservations)} reservations, ${count(failed_reservations)} failed`;
      return [
        [{ text: ' window read' }],
        ...labelled(' read', read(verdict), width),
        ...labelled(' holds', sums, width),
        ...labelled(' so', 'it is only a part of the log: nothing was compared or swapped', width),
      ];
    }
  }
}
