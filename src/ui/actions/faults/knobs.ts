import type { Command } from '../../../engine/command.ts';
import { readDuration, readFraction } from '../../../engine/language/quantity.ts';
import { ELSEWHERE, elsewhere } from '../../panes/elsewhere.ts';
import { KNOB } from '../../panes/faults/knobs.ts';
import type { Knob } from '../../panes/faults/rows.ts';
import type { ActionContext, ActionRow, Outcome } from '../../types.ts';
import { clusterGuard } from '../guards.ts';
import { see } from '../see.ts';
import { knobOn } from './on.ts';

/** How a knob is turned: a step, what it reaches from and to, and how people write it. */
type Turning = {
  step: number;
  most: number;
  is: string;
  /** Undefined where the text is no value; a bare number is meant in the unit on show. */
  read(text: string): number | undefined;
  command(value: number): Command;
};

/** A throttle of more than a minute would outlast every session of its group. */
const LONGEST_MS = 60_000;

const TURNING: Record<Knob, Turning> = {
  'fail-rate': {
    step: 0.01,
    most: 1,
    is: 'a fraction of 0 to 1 or per cent, such as 30%',
    read: (text) => readFraction(text) ?? readFraction(`${text.replace(/\s*%$/, '')}%`),
    command: (failRate) => ({ verb: 'fail-rate', failRate }),
  },
  throttle: {
    step: 1,
    most: LONGEST_MS,
    is: 'a duration of up to a minute, such as 20ms',
    read: (text) => readDuration(text.replace(/\s+/g, '')) ?? readDuration(`${text}ms`),
    command: (throttleMs) => ({ verb: 'throttle', throttleMs }),
  },
};

/** The knob that a row's key turns: the one under the cursor, the fail rate elsewhere. */
function knob(context: ActionContext): Knob {
  return knobOn(context) ?? 'fail-rate';
}

function current(context: ActionContext): number {
  return KNOB[knob(context)].value(context.state.knobs.wanted);
}

/** The value after so many steps, within its bounds, without the dust of binary fractions. */
function stepped(context: ActionContext, steps: number): number {
  const { step, most } = TURNING[knob(context)];
  const next = current(context) + steps * step;
  return Math.min(most, Math.max(0, Math.round(next * 1e6) / 1e6));
}

function turn(context: ActionContext, value: number): Outcome[] {
  return [{ do: 'command', command: TURNING[knob(context)].command(value), answered: () => [] }];
}

function needsKnob(context: ActionContext): string | undefined {
  if (elsewhere(context.state) > 0) return `${ELSEWHERE}: turn it there`;
  return knobOn(context) ? clusterGuard(context) : 'choose fail rate or throttle first: g goes there';
}

function steps(id: string, chords: readonly string[], by: number, help: string, rank?: number): ActionRow {
  const hint = by > 0 ? `+${by}` : `−${-by}`;
  return {
    id,
    layer: 'faults',
    chords,
    hint,
    help,
    ...(rank === undefined ? {} : { rank }),
    guard(context) {
      const reason = needsKnob(context);
      if (reason !== undefined) return reason;
      return stepped(context, by) === current(context) ? `it is at its ${by > 0 ? 'highest' : 'lowest'}` : undefined;
    },
    run: (context) => turn(context, stepped(context, by)),
  };
}

function typed(context: ActionContext): number | undefined {
  const name = knob(context);
  const { read, most } = TURNING[name];
  const value = read((context.view.fields[name] ?? '').trim());
  return value !== undefined && value <= most ? value : undefined;
}

const isTyping = ({ view }: ActionContext) => view.typing?.field === 'fail-rate' || view.typing?.field === 'throttle';

/** Turning fail rate and throttle. */
export const knobs: readonly ActionRow[] = [
  steps('raise-knob', ['+', '='], 1, 'turns the knob up by a step: 1 % or 1 ms', 10),
  steps('lower-knob', ['-'], -1, 'turns the knob down by a step', 11),
  steps('raise-knob-by-ten', ['W'], 10, 'turns the knob up by ten steps', 12),
  steps('lower-knob-by-ten', ['S', '_'], -10, 'turns the knob down by ten steps', 13),
  {
    id: 'reset-knob',
    layer: 'faults',
    chords: ['0'],
    hint: 'reset',
    help: 'turns the knob to 0',
    rank: 14,
    guard: (context) => needsKnob(context) ?? (current(context) === 0 ? 'it is 0 already' : undefined),
    run: (context) => turn(context, 0),
  },
  {
    id: 'type-knob',
    layer: 'faults',
    chords: ['enter'],
    hint: 'type value',
    help: 'takes a value for the knob: 30%, 20ms',
    rank: 15,
    applies: (context) => knobOn(context) !== undefined && context.view.typing === null,
    guard: needsKnob,
    run: (context) => see({ type: 'typing-began', field: knob(context), text: '' }),
  },
  {
    id: 'set-knob',
    layer: 'faults',
    chords: ['enter'],
    hint: 'set',
    help: 'turns the knob to what was typed',
    rank: 1,
    whileTyping: true,
    applies: isTyping,
    guard: (context) =>
      typed(context) === undefined ? `that is no value: it is ${TURNING[knob(context)].is}` : undefined,
    run: (context) => [...see({ type: 'typing-ended' }), ...turn(context, typed(context) ?? 0)],
  },
];
