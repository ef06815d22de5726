import type { OverlayRow } from '../types.ts';

/** What a command answered. */
export const output: OverlayRow<'output'> = {
  kind: 'output',
  title: ({ title }) => title,
  note: ({ lines }) => (lines.length === 1 ? '' : `${lines.length} lines`),
  draw: ({ lines }) => lines.map((text) => [{ text }]),
};
