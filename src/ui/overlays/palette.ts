import type { Row } from '../../engine/commands/row.ts';
import { findRow } from '../../engine/commands/table.ts';
import { partsOf, usageOf } from '../../engine/commands/usage.ts';
import { complete, type Known } from '../../engine/language/complete.ts';
import { parse } from '../../engine/language/parse.ts';
import { cellsOf, padEnd } from '../cells.ts';
import { hanging } from '../format/labelled.ts';
import { clock } from '../format/time.ts';
import { wrap } from '../format/wrap.ts';
import { knownNames } from '../known-names.ts';
import type { Line, OverlayRow, View } from '../types.ts';

/** Candidates shown at most. */
const SHOWN = 7;

/** What is wrong with the line, as soon as it is no longer merely unfinished. */
function faultOf(line: string, now: number, width: number): Line[] {
  if (line.trim() === '' || /^\s*save(\s|$)/.test(line)) return [];
  const [fault] = parse([{ name: ':', text: line }], { now, unattended: false }).faults;
  if (!fault) return [];
  const at = fault.at.column + 1;
  // Of a line that is longer than its field the beginning is out of sight, and columns with it.
  const mark: Line[] = cellsOf(line) < width - 3 ? [[{ text: `${' '.repeat(at)}^`, tone: 'bad' }]] : [];
  return [...mark, ...wrap(fault.sentence, width - 3).map((text): Line => [{ text: `  ${text}`, tone: 'bad' }])];
}

function candidates(line: string, known: Known, width: number): Line[] {
  const found = complete(line, known).candidates.slice(0, SHOWN);
  const longest = Math.max(0, ...found.map(({ text }) => text.length));
  return found.flatMap(({ text, help }) =>
    hanging({ text: `  ${padEnd(text, longest)}  `, tone: 'focus' }, help, width, 'dim'),
  );
}

/** Cells of how a part of a command is written. */
const PART = 22;

/** The command being written, as its row in the command table explains it. */
function usage(row: Row, width: number): Line[] {
  const parts = partsOf(row).flatMap(({ usage: how, is, help }) =>
    hanging({ text: `  ${how.padEnd(PART)} ` }, is ? `${help} (${is})` : help, width, 'dim'),
  );
  const forms = usageOf(row).flatMap((text) => hanging({ text: '  ', tone: 'bold' }, text, width, 'bold'));
  return [...forms, ...hanging({ text: '  ' }, row.summary, width, 'dim'), ...parts];
}

function history({ history: lines }: View, line: string, width: number): Line[] {
  const found = lines
    .filter(({ text }) => text.startsWith(line) && text !== line)
    .slice(-3)
    .reverse();
  return found.map(({ text, at }) => [
    { text: `  ${padEnd(text, Math.min(48, width - USED.length))}` },
    { text: ` used ${clock(at)}`, tone: 'dim' },
  ]);
}

const USED = '   used 12:34:56';

/** The command line: what is wrong with it, what can follow, what it means, what was used before. */
export const palette: OverlayRow<'palette'> = {
  kind: 'palette',
  title: () => 'command',
  note: () => 'Enter run  Tab complete  ↑ history  Esc',
  draw(_, state, view, { width, now }) {
    const line = view.fields.palette ?? '';
    const row = findRow(/(?:^|;)\s*(\S+)\s[^;]*$/.exec(line)?.[1] ?? '');
    const offered = candidates(line, knownNames(state), width);
    const own: Line[] = 'save'.startsWith(line.trim())
      ? [
          [
            { text: '  save FILE  ', tone: 'focus' },
            { text: 'writes this session as a script', tone: 'dim' },
          ],
        ]
      : [];
    return [
      [
        { text: ': ', tone: 'bold' },
        { field: 'palette', width: width - 3 },
      ],
      // A word that can still become the right one is not wrong yet.
      ...(offered.length > 0 ? offered : faultOf(line, now, width)),
      ...own,
      ...(row ? usage(row, width) : []),
      ...history(view, line, width),
    ];
  },
};
