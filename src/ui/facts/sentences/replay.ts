import type { EventOf } from '../../../engine/event.ts';
import { count } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { Sentence } from '../fact.ts';
import type { Tells } from './tell.ts';

type Told =
  | 'replay-rewound'
  | 'replay-identical'
  | 'replay-differed'
  | 'replay-reported'
  | 'replay-cancelled'
  | 'replay-accepted'
  | 'replay-undone';

function ended({ verdict }: { verdict: EventOf<'replay-identical'>['verdict'] }): Sentence {
  const read = `${count(verdict.records)} records in ${duration(verdict.forMs)}`;
  switch (verdict.type) {
    case 'identical':
      return mark({ text: `replay identical: ${read}, digest ${verdict.digest}`, tone: 'good' }, 'replay identical');
    case 'different':
      return mark({ text: `replay differs: ${verdict.sentence}`, tone: 'bad' }, 'replay differs');
    case 'window':
      return mark({ text: `window read again: ${read}; nothing swapped` }, 'window read');
  }
}

function mark(sentence: Sentence, short: string): Sentence {
  return { ...sentence, mark: 'R', short };
}

/** The guided replay. */
export const replay: Tells<Told> = {
  'replay-rewound': ({ slot, ranges }) => {
    const records = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
    const text = `${slot} rewound for a replay: ${count(records)} records to read again; the numbers on show are held`;
    return mark({ text, tone: 'work' }, 'replay begun');
  },
  'replay-identical': ended,
  'replay-differed': ended,
  'replay-reported': ended,
  'replay-cancelled': () => mark({ text: 'replay cancelled: the held numbers stay', tone: 'work' }, 'replay cancelled'),
  'replay-accepted': () => mark({ text: 'the replayed numbers were taken', tone: 'work' }, 'replay accepted'),
  'replay-undone': () => mark({ text: 'the held numbers were kept', tone: 'work' }, 'replay undone'),
};
