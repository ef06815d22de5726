import { liveRows } from './keymap.ts';
import { widthOf } from './paint.ts';
import { reasonAgainst } from './reason.ts';
import type { ActionContext, ActionRow, Line, Segment } from './types.ts';

/** Names of keys as footer and help write them. */
const WRITTEN: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift+Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  backspace: 'Backspace',
  delete: 'Delete',
};

/** A chord as people write it: `Enter`, `Ctrl+P`. */
export function written(chord: string): string {
  return WRITTEN[chord] ?? (chord.startsWith('ctrl+') ? `Ctrl+${chord.slice(5).toUpperCase()}` : chord);
}

/** The keys of a row, in short. */
export function keysOf({ keys, chords }: Pick<ActionRow, 'keys' | 'chords'>): string {
  return keys ?? written(chords[0] ?? '');
}

/** From this rank on hints stand at the right: what holds everywhere. */
const RIGHT = 90;

/** The keys that do something now, what does nothing dim with its reason. */
export function footer(context: ActionContext, width: number): Line {
  const rows = unshadowed(liveRows(context))
    .filter((row) => row.rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const right = hints(
    rows.filter((row) => (row.rank ?? 0) >= RIGHT),
    context,
    Math.floor(width / 2),
    'last',
  );
  const room = width - right.width - 1;
  const left = hints(
    rows.filter((row) => (row.rank ?? 0) < RIGHT),
    context,
    room,
  );
  const gap = Math.max(0, room - left.width);
  return [...left.parts, { text: ' '.repeat(gap) }, ...right.parts];
}

/** Rows of which some chord is not taken by a nearer row. */
function unshadowed(rows: readonly ActionRow[]): ActionRow[] {
  const taken = new Set<string>();
  return rows.filter(({ chords }) => {
    const isHeard = chords.some((chord) => !taken.has(chord));
    for (const chord of chords) taken.add(chord);
    return isHeard;
  });
}

/** As many hints as there is room for, in their order. Of what holds everywhere the last are the most needful. */
function hints(rows: readonly ActionRow[], context: ActionContext, room: number, keep: 'first' | 'last' = 'first') {
  const parts: Segment[] = [];
  let width = 0;
  for (const row of keep === 'first' ? rows : rows.toReversed()) {
    const hint = [hintOf(row, context), ...withoutReason(row, context)].find((each) => width + widthOf(each) <= room);
    if (!hint) break;
    parts.splice(keep === 'first' ? parts.length : 0, 0, ...hint);
    width += widthOf(hint);
  }
  return { parts, width };
}

/** A reason that is too long for what is left is told when the key is pressed. */
function withoutReason(row: ActionRow, context: ActionContext): Segment[][] {
  const isPossible = reasonAgainst(row, context) === undefined;
  return isPossible ? [] : [[{ text: ` ${keysOf(row)} ${row.hint} `, tone: 'dim' }]];
}

function hintOf(row: ActionRow, context: ActionContext): Segment[] {
  const reason = reasonAgainst(row, context);
  if (reason !== undefined) return [{ text: ` ${keysOf(row)} ${row.hint} (${reason}) `, tone: 'dim' }];
  return [
    { text: ` ${keysOf(row)}`, tone: 'bold' },
    { text: ` ${row.hint} `, tone: 'dim' },
  ];
}
