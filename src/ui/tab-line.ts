import { numberOf, PANE } from './panes/table.ts';
import { type Line, PANES, type View } from './types.ts';

/** The names of the panes, the focused one between bars. */
export function tabLine({ focus }: Pick<View, 'focus'>): Line {
  const tabs = PANES.map((id) => {
    const name = [numberOf(id), PANE[id].title].filter(Boolean).join(' ');
    return id === focus ? ({ text: `▐${name}▌`, tone: 'focus' } as const) : { text: ` ${name} ` };
  });
  return [...tabs];
}
