import { complete } from '../../engine/language/complete.ts';
import { parse } from '../../engine/language/parse.ts';
import { knownNames } from '../known-names.ts';
import type { ActionContext, ActionRow, Outcome } from '../types.ts';
import { see } from './see.ts';

/** The line as it is written. */
function written({ view }: ActionContext): string {
  return view.fields.palette ?? '';
}

/** `save FILE`: the one line that is the console's own. */
function fileToSave(line: string): string | undefined {
  return /^\s*save\s+(?<path>\S.*?)\s*$/.exec(line)?.groups?.['path'];
}

/** Runs the line when there is nothing wrong with it; else it stays, with its error below it. */
function runLine(context: ActionContext): Outcome[] {
  const line = written(context).trim();
  const { now } = context;
  if (line === '') return see({ type: 'overlay-closed' });
  const path = fileToSave(line);
  if (path === undefined && parse([{ name: ':', text: line }], { now, unattended: false }).faults.length > 0) return [];
  const closed = see({ type: 'overlay-closed' }, { type: 'line-remembered', text: line, at: now });
  return [...closed, path === undefined ? { do: 'script', text: line } : { do: 'save', path }];
}

/** Goes through the lines of the past that begin with what was written; -1 is the line itself. */
function recall({ view }: ActionContext, step: 1 | -1): Outcome[] {
  const lines = view.history.map(({ text }) => text);
  const from = view.recalled < 0 ? lines.length : view.recalled;
  const to = from - step;
  if (to < 0) return [];
  const index = to >= lines.length ? -1 : to;
  return see({ type: 'field-set', field: 'palette', text: lines[index] ?? '' }, { type: 'line-recalled', index });
}

/** The command line. */
export const palette: readonly ActionRow[] = [
  {
    id: 'run-line',
    layer: 'palette',
    chords: ['enter'],
    hint: 'run',
    help: 'runs the line, once nothing is wrong with it',
    rank: 1,
    run: runLine,
  },
  {
    id: 'complete-word',
    layer: 'palette',
    chords: ['tab'],
    hint: 'complete',
    help: 'completes the word as far as it is certain',
    rank: 2,
    run(context) {
      const { common } = complete(written(context), knownNames(context.state));
      return see({ type: 'field-set', field: 'palette', text: common });
    },
  },
  {
    id: 'line-before',
    layer: 'palette',
    chords: ['up'],
    hint: 'history',
    help: 'takes the line before; what keys did stands there too',
    rank: 3,
    run: (context) => recall(context, 1),
  },
  {
    id: 'line-after',
    layer: 'palette',
    chords: ['down'],
    hint: 'line after',
    help: 'takes the line after',
    run: (context) => recall(context, -1),
  },
  {
    id: 'clear-line',
    layer: 'palette',
    chords: ['ctrl+u'],
    hint: 'clear',
    help: 'clears the line',
    run: () => see({ type: 'field-set', field: 'palette', text: '' }),
  },
  {
    id: 'close-palette',
    layer: 'palette',
    chords: ['esc'],
    hint: 'close',
    help: 'puts the command line away',
    rank: 4,
    run: () => see({ type: 'overlay-closed' }),
  },
];
