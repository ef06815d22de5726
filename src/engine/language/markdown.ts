import { ROWS } from '../commands/table.ts';
import { usageOf } from '../commands/usage.ts';
import { FACTS } from '../facts.ts';
import { EVENTS } from './events.ts';

/** The command table for README and docs. */
export function commandsMarkdown(): string {
  const rows = ROWS.map((row) => [usageOf(row).map(code).join('<br>'), row.summary, row.ends]);
  return table(['command', 'does', 'ends when'], rows);
}

/** The fact table for the docs. */
export function factsMarkdown(): string {
  return table(
    ['fact', 'type', 'what it is'],
    FACTS.map(({ name, type, help }) => [code(name), type, help]),
  );
}

/** The events that `wait event` can name, for the docs. */
export function eventsMarkdown(): string {
  return table(
    ['event', 'says'],
    Object.entries(EVENTS).map(([name, { help }]) => [code(name), help]),
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
