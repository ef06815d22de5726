import type { EventOf } from '../../../engine/event.ts';
import type { State } from '../../../engine/state.ts';
import { bar } from '../../format/chart.ts';
import { left, padded } from '../../format/line.ts';
import { percent } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { FieldSegment, Line, Segment, View } from '../../types.ts';
import { ELSEWHERE, elsewhere } from '../elsewhere.ts';
import { workersOf } from '../worker-state.ts';
import type { Knob } from './rows.ts';

type Knobs = EventOf<'knobs-set'>['knobs'];

/** How a knob is turned and shown. `full` is the value of a full bar. */
type KnobRow = {
  title: string;
  full: number;
  /** Its value in its unit: a fraction, or ms. */
  value(knobs: Knobs): number;
  write(value: number): string;
};

export const KNOB: Record<Knob, KnobRow> = {
  'fail-rate': { title: 'fail rate', full: 1, value: ({ failRate }) => failRate, write: percent },
  throttle: {
    title: 'throttle',
    full: 100,
    value: ({ throttleMs }) => throttleMs,
    write: (ms) => (ms === 0 ? '0 ms' : duration(ms)),
  },
};

/** Which workers apply the knobs as wanted, which do not yet, and what those apply. */
export type Pending = { applied: string[]; waiting: string[]; before: Knobs | undefined };

/** Who applies what. Only threads that are up can: a new one is born with the knobs as wanted. */
export function pendingOf(state: State): Pending {
  const { wanted, applied } = state.knobs;
  const ready = workersOf(state, 'inventory').filter(({ thread }) => thread === 'ready');
  const isBehind = (slot: string) => (applied[slot as keyof typeof applied] ?? wanted.revision) < wanted.revision;
  const waiting = ready.filter(({ slot }) => isBehind(slot)).map(({ slot }) => slot);
  const oldest = Math.min(...waiting.map((slot) => applied[slot] ?? wanted.revision));
  const before = state.log.findLast((event): event is EventOf<'knobs-set'> => {
    return event.type === 'knobs-set' && event.knobs.revision <= oldest;
  });
  const done = ready.map(({ slot }) => slot).filter((slot) => !waiting.includes(slot));
  return { applied: done, waiting, before: before?.knobs };
}

/** Cells of a value with what it was before: `30.0→40.0 %`. */
const VALUE = 11;

/** Cells of a knob's title and of what stands around its bar. */
const AROUND = 15;

/** A knob as a line: `fail rate  − ██████░░░░░░ +  30.0 %`, and who applies it. */
export function knobLine(state: State, view: View, knob: Knob, width: number): Line {
  const { title, full, value } = KNOB[knob];
  // What other programs apply nobody tells us.
  if (elsewhere(state) > 0)
    return [left(title, 10), { text: width < 54 ? '– turned elsewhere' : `– ${ELSEWHERE}`, tone: 'dim' }];
  const cells = Math.min(24, Math.max(6, width - AROUND - VALUE));
  const { done, left: rest } = bar(value(state.knobs.wanted) / full, cells);
  const head: Line = [left(title, 10), { text: '− ', tone: 'dim' }, { text: done }, { text: rest, tone: 'dim' }];
  const line: Line = [...head, { text: ' + ', tone: 'dim' }, ...valueCells(state, view, knob)];
  const room = width - AROUND - cells - VALUE - 2;
  return room < 24 ? line : [...padded(line, AROUND + cells + VALUE + 2), appliedCell(state, room)];
}

function valueCells(state: State, view: View, knob: Knob): (Segment | FieldSegment)[] {
  if (view.typing?.field === knob) return [{ field: knob, width: VALUE - 1 }];
  const { value, write } = KNOB[knob];
  const { waiting, before } = pendingOf(state);
  const wanted = write(value(state.knobs.wanted));
  if (waiting.length === 0 || (before && value(before) === value(state.knobs.wanted))) return [{ text: wanted }];
  return [{ text: before ? `${write(value(before)).replace(/ \D+$/, '')}→${wanted}` : `→${wanted}`, tone: 'work' }];
}

function appliedCell(state: State, room: number): Segment {
  const { applied, waiting } = pendingOf(state);
  const all = applied.length + waiting.length;
  if (all === 0) return left('no worker to apply it', room, 'dim');
  return waiting.length === 0
    ? left(`applied by ${applied.length} of ${all}`, room, 'dim')
    : left(`not yet: ${waiting.join(', ')}`, room, 'work');
}
