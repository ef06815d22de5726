import { Box, Text } from 'ink';
import Table from 'ink-table';
import type { PropsWithChildren } from 'react';
import { cut, padEnd } from './cells.ts';
import { toAscii } from './glyphs.ts';
import type { TableInSight } from './screen.ts';
import { toned } from './theme.ts';

const COLUMNS = ['where', 'keys', 'what it does'];

/** The table of keys over the cells that help left free: without rules between its rows, and as wide as there is room. */
export function KeyTable({ table: { rect, rows, ascii, color } }: { table: TableInSight }) {
  const write = (text: string) => (ascii ? toAscii(text) : text);
  const [where, keys] = [widest(rows.map((row) => row.where)), widest(rows.map((row) => row.keys))];
  const does = rect.width - where - keys - FRAME;
  const data = rows.map((row) => ({
    where: write(padEnd(row.where, where)),
    keys: write(padEnd(row.keys, keys)),
    'what it does': write(padEnd(cut(row.does, does), does)),
  }));
  const head = ({ children }: PropsWithChildren) => <Text>{toned(String(children), 'dim', color)}</Text>;
  const cell = ({ column, children }: PropsWithChildren<{ column: number }>) => (
    <Text>{toned(String(children), TONES[column], color)}</Text>
  );
  const rule = ({ children }: PropsWithChildren) =>
    children === '│' ? <Text>{toned(write('│'), 'dim', color)}</Text> : null;
  return (
    <Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} overflow="hidden">
      <Box flexShrink={0} flexDirection="column">
        <Table data={data} columns={COLUMNS} header={head} cell={cell} skeleton={rule} />
      </Box>
    </Box>
  );
}

/** Four rules, and a blank at either side of three cells. */
const FRAME = 4 + 6;

const TONES = ['bold', 'focus', undefined] as const;

function widest(texts: readonly string[]): number {
  return Math.max(5, ...texts.map((text) => text.length));
}
