import { ACTIONS } from './actions/table.ts';
import { isText } from './keys/chord.ts';
import { reasonAgainst } from './reason.ts';
import type { ActionContext, ActionRow, Layer, Outcome, View } from './types.ts';

/** Layers that hear keystrokes now, the nearest first. An overlay and a text field let only ctrl chords through. */
export function liveLayers({ overlay, typing, focus }: Pick<View, 'overlay' | 'typing' | 'focus'>): Layer[] {
  if (overlay) return [overlay.kind];
  return typing ? [focus, 'typing'] : [focus, 'global'];
}

/** Rows that hear keystrokes now, in the order in which they are asked. */
export function liveRows(context: ActionContext, rows: readonly ActionRow[] = ACTIONS): ActionRow[] {
  const { overlay, typing } = context.view;
  const layers = liveLayers(context.view);
  const isLive = (row: ActionRow) =>
    (!typing || overlay !== null || row.layer === 'typing' || row.whileTyping === true) &&
    (row.applies?.(context) ?? true);
  const near = layers.flatMap((layer) => rows.filter((row) => row.layer === layer)).filter(isLive);
  const always = rows.filter((row) => row.layer === 'global' && row.chords.every((chord) => chord.startsWith('ctrl+')));
  return [...near, ...always.filter((row) => !near.includes(row))];
}

/** The row that a chord means now. What a text field takes means nothing else. */
export function findAction(context: ActionContext, rows: readonly ActionRow[] = ACTIONS): ActionRow | undefined {
  const { chord, view } = context;
  if (view.typing && isText(chord)) return undefined;
  return liveRows(context, rows).find((row) => row.chords.includes(chord));
}

/** What a keystroke leads to: what its row does, a question first where that is dangerous, or why it cannot be done. */
export function press(context: ActionContext, rows: readonly ActionRow[] = ACTIONS): Outcome[] {
  const row = findAction(context, rows);
  if (!row) return [];
  const reason = reasonAgainst(row, context);
  if (reason !== undefined) return [say(reason, context.now)];
  const question = row.danger?.(context);
  if (!question) return row.run(context);
  const overlay = { kind: 'confirm', outcomes: row.run(context), ...question, isGoChosen: false } as const;
  return [{ do: 'see', events: [{ type: 'overlay-opened', overlay }] }];
}

/** What an action does once it is confirmed; by its id, as scenarios press it. */
export function act(id: string, context: ActionContext, rows: readonly ActionRow[] = ACTIONS): Outcome[] {
  const row = rows.find((candidate) => candidate.id === id);
  if (!row) return [say(`there is no action ${id}`, context.now)];
  const reason = reasonAgainst(row, context);
  return reason === undefined ? row.run(context) : [say(reason, context.now)];
}

function say(text: string, at: number): Outcome {
  return { do: 'see', events: [{ type: 'toast-shown', text, tone: 'work', at }] };
}
