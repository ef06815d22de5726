import { Box, useApp } from 'ink';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { KeyTable } from './key-table.tsx';
import { Picture } from './picture.tsx';
import type { Screen } from './screen.ts';
import { TextField } from './text-field.tsx';
import { useKeys } from './use-keys.ts';

/** What the components are handed: what to draw, and whom to tell. */
export type AppProps = {
  screen: StoreApi<Screen>;
  press(chord: string): void;
  type(text: string): void;
  /** A text field hears keystrokes from now on. */
  onReady(name: string): void;
  /** Hears how the terminal can be given away for a while. */
  onTerminal(lend: (meanwhile: () => Promise<void>) => Promise<void>): void;
};

/** The screen: pictures at their places, and the text field in use over them. */
export function App({ screen, press, type, onReady, onTerminal }: AppProps) {
  const { columns, rows, pieces, field, table } = useStore(screen);
  const { suspendTerminal } = useApp();
  useKeys(press);
  useEffect(() => onTerminal(suspendTerminal), [onTerminal, suspendTerminal]);
  return (
    <Box width={columns} height={rows}>
      {pieces.map((piece) => (
        <Picture key={piece.key} piece={piece} />
      ))}
      {table && <KeyTable table={table} />}
      {field && <TextField field={field} onType={type} onReady={onReady} />}
    </Box>
  );
}
