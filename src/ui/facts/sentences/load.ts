import type { EventOf } from '../../../engine/event.ts';
import { count, rate, share } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { Tells } from './tell.ts';

type Plan = EventOf<'load-started'>['plan'];

/** What is sent: `100,000 records at 1,200/s for 30 s, lunch, duplicates 1 %`. */
function planned({ count: records, rate: asked, durationMs, shape, duplicates, malformed, hot }: Plan): string {
  const many = records === undefined ? 'records' : `${count(records)} records`;
  const speed = asked === 'max' ? 'as fast as acknowledged' : `at ${rate(asked)}`;
  const shares = [
    ['duplicates', duplicates],
    ['malformed', malformed],
    ['on a hot partition', hot],
  ] as const;
  const more = shares.flatMap(([name, part]) => (part > 0 ? `${name} ${share(part)}` : []));
  const parts = [shape === 'steady' ? '' : shape, ...more].filter((part) => part !== '');
  const time = durationMs === undefined ? '' : ` for ${duration(durationMs)}`;
  return [`${many} ${speed}${time}`, ...parts].join(', ');
}

/** What a report adds when it is not as asked. */
function faults({ errors, unknown, late, shed }: EventOf<'load-finished'>['report']): string {
  const parts = Object.entries({ refused: errors, 'in doubt': unknown, late, shed });
  return parts.flatMap(([name, n]) => (n > 0 ? `, ${count(n)} ${name}` : [])).join('');
}

/** Load tests. */
export const load: Tells<'load-started' | 'load-finished'> = {
  'load-started': ({ plan }) => ({ text: `load started: ${planned(plan)}`, mark: 'l', short: 'load started' }),
  'load-finished': ({ report, stopped }) => {
    const did = `${count(report.produced)} acknowledged in ${duration(report.elapsedMs)}, ${rate(report.achieved)}`;
    return {
      text: `load ${stopped ? 'stopped' : 'done'}: ${did}${faults(report)}`,
      tone: stopped || report.errors > 0 ? 'work' : 'good',
      mark: 'l',
      short: stopped ? 'load stopped' : 'load done',
    };
  },
};
