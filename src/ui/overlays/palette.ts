import type { Row } from '../../engine/commands/row.ts';
import { findRow } from '../../engine/commands/table.ts';
import { partsOf, usageOf } from '../../engine/commands/usage.ts';
import { complete } from '../../engine/language/complete.ts';
import { parse } from '../../engine/language/parse.ts';
import { padEnd } from '../cells.ts';
import type { Line, OverlayRow, View } from '../types.ts';

/** Candidates shown at most. */
const SHOWN = 7;

/** What is wrong with the line, as soon as it is no longer merely unfinished. */
function faultOf(line: string, now: number): Line[] {
  if (line.trim() === '' || /^\s*save(\s|$)/.test(line)) return [];
  const [fault] = parse([{ name: ':', text: line }], { now, unattended: false }).faults;
  if (!fault) return [];
  return [
    [{ text: `${' '.repeat(fault.at.column + 1)}^`, tone: 'bad' }],
    [{ text: `  ${fault.sentence}`, tone: 'bad' }],
  ];
}

function candidates(line: string): Line[] {
  const found = complete(line).candidates.slice(0, SHOWN);
  const width = Math.max(0, ...found.map(({ text }) => text.length));
  return found.map(({ text, help }) => [
    { text: `  ${padEnd(text, width)}  `, tone: 'focus' },
    { text: help, tone: 'dim' },
  ]);
}

/** The command being written, as its row in the command table explains it. */
function usage(row: Row, width: number): Line[] {
  const parts = partsOf(row).map(
    ({ usage: how, is, help }): Line => [
      { text: `  ${padEnd(how, 22)} ` },
      { text: is ? `${help} (${is})` : help, tone: 'dim' },
    ],
  );
  const forms = usageOf(row).map((text): Line => [{ text: `  ${text}`, tone: 'bold' }]);
  return width < 40 ? forms : [...forms, [{ text: `  ${row.summary}`, tone: 'dim' }], ...parts];
}

function history({ history: lines }: View, line: string): Line[] {
  const found = lines
    .filter(({ text }) => text.startsWith(line) && text !== line)
    .slice(-3)
    .reverse();
  return found.map(({ text, at }) => [
    { text: `  ${padEnd(text, 48)} ` },
    { text: `used ${new Date(at).toTimeString().slice(0, 8)}`, tone: 'dim' },
  ]);
}

/** The command line: what is wrong with it, what can follow, what it means, what was used before. */
export const palette: OverlayRow<'palette'> = {
  kind: 'palette',
  title: () => 'command',
  note: () => 'Enter run  Tab complete  ↑ history  Esc',
  draw(_, _state, view, { width, now }) {
    const line = view.fields.palette ?? '';
    const row = findRow(/(?:^|;)\s*(\S+)\s[^;]*$/.exec(line)?.[1] ?? '');
    const offered = candidates(line);
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
      ...(offered.length > 0 ? offered : faultOf(line, now)),
      ...own,
      ...(row ? usage(row, width) : []),
      ...history(view, line),
    ];
  },
};
