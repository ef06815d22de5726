import { choice, duration, fraction, only, positive, rate } from '../../language/value.ts';
import { argument, fallback, option, optional, toggle } from '../field.ts';
import { type CommandOf, type Complaint, form, type Row } from '../row.ts';

type Load = CommandOf<'load'>;

function check({ rate: perSecond, shape, duplicates, malformed }: Omit<Load, 'verb'>): Complaint | undefined {
  if (shape !== 'steady' && perSecond === 'max') {
    return { field: 'shape', sentence: `--shape ${shape} shapes a rate: say which with --rate, such as 500/s` };
  }
  if (duplicates + malformed > 1 || duplicates === 1) {
    return { field: 'duplicates', sentence: '--duplicates and --malformed leave no order to repeat' };
  }
  return undefined;
}

const length = only(duration, 'a duration above 0, such as 5s or 2m', (ms) => ms > 0);

export const load: Row = {
  verb: 'load',
  summary: 'runs a load test: as fast as acknowledgements allow, or at a rate',
  ends: 'all acknowledged; prints counts, rate and latency percentiles',
  writes: { what: 'orders' },
  examples: [
    'load 10k',
    'load 20k --rate 2k/s --duplicates 1% --malformed 0.5%',
    'load --rate 500/s --duration 30s --shape lunch --background',
    'load 5k --hot 80% --reuse-ids',
  ],
  forms: [
    form<Load, 'verb'>(
      { verb: 'load' },
      {
        count: optional(argument(positive, 'records to send; 10k where no duration is given either')),
        rate: fallback('max', option('--rate', rate, 'max is a closed loop; a number an open one, on time or late')),
        durationMs: optional(option('--duration', length, 'ends after this, or at COUNT, whichever comes first')),
        shape: fallback(
          'steady',
          option('--shape', choice('SHAPE', ['steady', 'ramp', 'spike', 'lunch']), 'how the rate moves'),
        ),
        duplicates: fallback(0, option('--duplicates', fraction, 'exact share of records that repeat an order id')),
        malformed: fallback(0, option('--malformed', fraction, 'exact share of records that are no orders')),
        hot: fallback(0, option('--hot', fraction, 'share of records that go to one partition')),
        reuseIds: toggle('--reuse-ids', 'the same order ids each time: all but the first such load are duplicates'),
        background: toggle('--background', 'goes on while the next commands run'),
      },
      { check },
    ),
  ],
};
