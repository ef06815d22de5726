import { Box, Text } from 'ink';
import Table from 'ink-table';
import type { PropsWithChildren } from 'react';
import { toAscii } from './glyphs.ts';
import type { TableInSight } from './screen.ts';
import { toned } from './theme.ts';

const TONES = { where: 'bold', keys: 'focus', 'what it does': undefined } as const;

type Column = keyof typeof TONES;

/** The table of keys over the cells that help left free: without rules between its rows, which are padded already. */
export function KeyTable({ table: { rect, rows, ascii, color } }: { table: TableInSight }) {
  const write = (text: string) => (ascii ? toAscii(text) : text);
  const columns: Column[] = rows.every(({ where }) => where === '')
    ? ['keys', 'what it does']
    : ['where', 'keys', 'what it does'];
  const data = rows.map(({ where, keys, does }) => ({
    where: write(where),
    keys: write(keys),
    'what it does': write(does),
  }));
  const head = ({ children }: PropsWithChildren) => <Text>{toned(String(children), 'dim', color)}</Text>;
  const cell = ({ column, children }: PropsWithChildren<{ column: number }>) => {
    const name = columns[column];
    return <Text>{toned(String(children), name && TONES[name], color)}</Text>;
  };
  const rule = ({ children }: PropsWithChildren) =>
    children === '│' ? <Text>{toned(write('│'), 'dim', color)}</Text> : null;
  return (
    <Box position="absolute" left={rect.x} top={rect.y} width={rect.width} height={rect.height} overflowY="hidden">
      <Box flexShrink={0} flexDirection="column">
        <Table data={data} columns={columns} header={head} cell={cell} skeleton={rule} />
      </Box>
    </Box>
  );
}
