import type { Command } from '../../engine/command.ts';
import { parse } from '../../engine/language/parse.ts';
import { commandText, FORM, SHAPES } from '../panes/load/form.ts';
import { isFormShown } from '../panes/load.ts';
import type { ActionContext, ActionRow, FieldName, Outcome, ViewEvent } from '../types.ts';
import { clusterGuard } from './guards.ts';
import { see } from './see.ts';

const FIELDS = FORM.map(({ field }) => field);

function typed({ view }: ActionContext): FieldName | undefined {
  return FIELDS.find((name) => name === view.typing?.field);
}

/** The same load again; its ids are new, unless they were to be the same each time. */
function again({ run, ...plan }: NonNullable<ActionContext['state']['load']['plan']>): Command {
  return { verb: 'load', ...plan, reuseIds: run === 'load', background: true };
}

/** The load that is to be seen: the last one, or what the form says, or what is wrong with that. */
function asked({ state, view, now }: ActionContext): { command: Command } | { fault: string } {
  if (state.load.plan && !isFormShown(state, view)) return { command: again(state.load.plan) };
  const { steps, faults } = parse([{ name: 'load', text: commandText(view) }], { now, unattended: false });
  const [step] = steps;
  return step && faults.length === 0 ? { command: step.command } : { fault: faults[0]?.sentence ?? 'no load is said' };
}

function startGuard(context: ActionContext): string | undefined {
  if (context.state.load.running) return 'a load test is running; Esc leaves the form, s stops the test';
  const wanted = asked(context);
  return 'fault' in wanted ? wanted.fault : clusterGuard(context);
}

function start(context: ActionContext): Outcome[] {
  const wanted = asked(context);
  return 'fault' in wanted ? [] : [...see({ type: 'typing-ended' }), { do: 'command', command: wanted.command }];
}

/** Fills the form and begins to write in its first field. */
function edit(fill: (row: (typeof FORM)[number]) => string | undefined): Outcome[] {
  const filled = FORM.flatMap((row): ViewEvent[] => {
    const text = fill(row);
    return text === undefined ? [] : [{ type: 'field-set', field: row.field, text }];
  });
  return see(...filled, { type: 'typing-began', field: 'load-count' });
}

function nextField(context: ActionContext): Outcome[] {
  const step = context.chord === 'shift+tab' ? FIELDS.length - 1 : 1;
  const at = FORM.findIndex(({ field }) => field === context.view.typing?.field);
  return see({ type: 'typing-began', field: FIELDS[(at + step) % FIELDS.length] ?? 'load-count' });
}

function nextShape({ view, chord }: ActionContext): Outcome[] {
  const step = chord === 'up' ? SHAPES.length - 1 : 1;
  const at = SHAPES.findIndex((shape) => shape === (view.fields['load-shape'] || 'steady'));
  return see({ type: 'field-set', field: 'load-shape', text: SHAPES[(at + step) % SHAPES.length] ?? 'steady' });
}

const isRunning = ({ state }: ActionContext) => state.load.running;

/** Keys of the load pane. */
export const load: readonly ActionRow[] = [
  {
    id: 'start-load',
    layer: 'load',
    chords: ['s'],
    hint: 'start',
    help: 'starts the load test that is to be seen: that of the form, or the last one again',
    rank: 10,
    applies: (context) => !isRunning(context),
    guard: startGuard,
    run: start,
  },
  {
    id: 'stop-load',
    layer: 'load',
    chords: ['s'],
    hint: 'stop',
    help: 'ends the load test; what is on its way is still acknowledged and counted',
    rank: 10,
    applies: isRunning,
    run: () => [{ do: 'command', command: { verb: 'stop', target: 'load' } }],
  },
  {
    id: 'edit-load',
    layer: 'load',
    chords: ['e', 'enter'],
    hint: 'edit',
    help: 'opens the form with what was asked last',
    rank: 20,
    leadsTo: 'load',
    run: ({ state, view }) => edit((row) => (state.load.plan ? row.of(state.load.plan) : view.fields[row.field])),
  },
  {
    id: 'new-load',
    layer: 'load',
    chords: ['n'],
    hint: 'new',
    help: 'opens the form empty: what is not written is as usual',
    rank: 30,
    leadsTo: 'load',
    run: () => edit(() => ''),
  },
  {
    id: 'start-written-load',
    layer: 'load',
    chords: ['enter'],
    hint: 'start',
    help: 'starts the load test of the form',
    rank: 11,
    whileTyping: true,
    applies: (context) => typed(context) !== undefined,
    guard: startGuard,
    run: start,
  },
  {
    id: 'next-load-field',
    layer: 'load',
    chords: ['tab', 'shift+tab'],
    keys: 'Tab',
    hint: 'next field',
    help: 'goes to the next field of the form, or to the one before',
    rank: 21,
    whileTyping: true,
    applies: (context) => typed(context) !== undefined,
    run: nextField,
  },
  {
    id: 'next-shape',
    layer: 'load',
    chords: ['up', 'down'],
    keys: '↑ ↓',
    hint: 'other shape',
    help: 'goes through the shapes: steady, ramp, spike, lunch',
    rank: 22,
    whileTyping: true,
    applies: (context) => typed(context) === 'load-shape',
    run: nextShape,
  },
];
