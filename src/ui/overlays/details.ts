import type { OverlayRow } from '../types.ts';

/** The row under the cursor of a pane, in full, as that pane wrote it. */
export const details: OverlayRow<'details'> = {
  kind: 'details',
  title: ({ title }) => title,
  draw: ({ lines }) => [...lines],
};
