import type { Row } from '../commands/row.ts';
import { PAGES } from '../commands/rows/help.ts';
import { findRow, ROWS, VERBS } from '../commands/table.ts';
import { partsOf, usageOf } from '../commands/usage.ts';
import { FACTS } from '../facts.ts';
import { EVENTS } from './events.ts';
import { nearest } from './nearest.ts';

const PAGE_TEXT: Record<(typeof PAGES)[number], () => string[]> = { facts: factsPage, events: eventsPage };

/**
 * The text of `help [TOPIC]`, in lines: all verbs, one verb in full, `facts` or `events`. A topic that is unknown gives
 * undefined; the parser does not let one through.
 */
export function manual(topic?: string): string[] | undefined {
  if (topic === undefined) return overview();
  const row = findRow(topic);
  const page = PAGES.find((name) => name === topic);
  return row ? rowPage(row) : page && PAGE_TEXT[page]();
}

/** The topic that was meant by an unknown word. */
export function nearestTopic(word: string): string | undefined {
  return nearest(word, [...VERBS, ...PAGES]);
}

function overview(): string[] {
  return [
    ...columns(ROWS.map((row) => [row.verb, row.summary])),
    '',
    'A line is a verb, arguments and --options; ; separates commands, # begins a comment, quotes as in a shell.',
    'help VERB, help facts and help events say more.',
  ];
}

function rowPage(row: Row): string[] {
  const parts = partsOf(row).map(({ usage, is, help, fallback }) => {
    const kind = [is, fallback && `${fallback} by default`].filter(Boolean).join('; ');
    return [usage, kind ? `${help} (${kind})` : help];
  });
  return [
    ...usageOf(row),
    '',
    `  ${row.summary}`,
    `  ends when: ${row.ends}`,
    ...(row.writes ? [`  changes ${row.writes.what}: refused with --read-only`] : []),
    ...section('', columns(parts)),
    ...section('examples:', row.examples),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  const head = title ? ['', title] : [''];
  return lines.length === 0 ? [] : [...head, ...lines.map((line) => `  ${line}`)];
}

function factsPage(): string[] {
  const rows = FACTS.map(({ name, type, unit, help }) => [name, unit.trim() ? `${type}, ${unit}` : type, help]);
  return [
    ...columns(rows),
    '',
    'After the first dot the rest is taken as it is; inventory and analytics stand for their groups.',
  ];
}

function eventsPage(): string[] {
  return columns(Object.entries(EVENTS).map(([name, { help }]) => [name, help]));
}

/** Left-aligned columns two spaces apart; the last one is as long as it is. */
function columns(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const pad = (cell: string, i: number, row: string[]) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0));
  return rows.map((row) => row.map(pad).join('  '));
}
